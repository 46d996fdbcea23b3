# How the storage of a database is encrypted: by what it says, or as what it is made from.
#
# A restore, and a replica in the same region, is encrypted as its source is, whatever `storage_encrypted` says; a replica in
# another region, and a cluster that is restored, if a key is named.
package trueline.lib.rds

import rego.v1

import data.trueline.lib.plan

# `encrypted`, `plain` (it says so itself), `far` (a replica without a key of its region), `source` (what it is made from is
# not encrypted), or `unknown`, with the route and the reason.
storage(r) := {"is": "encrypted"} if {
	says(r) == "true"
	not far_without_key(r)
}

storage(r) := {"is": "far", "route": far_without_key(r)} if says(r) == "true"

storage(r) := {"is": "encrypted"} if {
	says(r) != "true"
	always_encrypted(r)
}

storage(r) := by_itself(r) if {
	on_its_own(r)
	count(open_sources(r)) == 0
}

storage(r) := undecided(open_sources(r)[0], r.unknown[open_sources(r)[0]].why) if {
	on_its_own(r)
	count(open_sources(r)) > 0
}

storage(r) := as_source(r, sources(r)[0]) if {
	says(r) != "true"
	not always_encrypted(r)
	count(sources(r)) > 0
}

# The argument of a replica that is surely elsewhere and has no key of its region.
far_without_key(r) := route if {
	route := sources(r)[0]
	place(r, route) == "far"
	not has_own_key(r, route)
	not plan.open_reference(r, "kms_key_id")
}

on_its_own(r) if {
	says(r) != "true"
	not always_encrypted(r)
	count(sources(r)) == 0
}

says(r) := plan.truth(r, "storage_encrypted", r.values.storage_encrypted)

undecided(route, why) := {"is": "unknown", "route": route, "why": why}

# The first serverless engine mode knows no unencrypted storage.
always_encrypted(r) if r.values.engine_mode == "serverless"

by_itself(r) := undecided("storage_encrypted", r.unknown.storage_encrypted.why) if says(r) == "unknown"

by_itself(r) := undecided("engine_mode", r.unknown.engine_mode.why) if {
	says(r) != "unknown"
	r.unknown.engine_mode
}

by_itself(r) := {"is": "plain"} if {
	says(r) != "unknown"
	not r.unknown.engine_mode
}

# Arguments that name what a database is made from; the first one given decides.
arguments := {
	"aws_db_instance": ["replicate_source_db", "snapshot_identifier", "restore_to_point_in_time"],
	"aws_rds_cluster": ["replication_source_identifier", "snapshot_identifier", "restore_to_point_in_time", "global_cluster_identifier"],
}

replicas := {"replicate_source_db", "replication_source_identifier"}

sources(r) := [route | some route in arguments[r.type]; is_source(r, route)]

is_source(r, route) if {
	route != "restore_to_point_in_time"
	plan.given(r, route, object.get(r.values, route, null))
}

is_source(r, "restore_to_point_in_time") if count(plan.elements(r.values, "restore_to_point_in_time")) > 0

# Arguments that may or may not name something.
open_sources(r) := [route | some route in arguments[r.type]; plan.open_reference(r, route)]

as_source(r, route) := {"is": "encrypted"} if has_own_key(r, route)

as_source(r, route) := undecided("kms_key_id", r.unknown.kms_key_id.why) if {
	takes_key(r, route)
	not has_own_key(r, route)
	plan.open_reference(r, "kms_key_id")
	made(r, route) != "encrypted"
}

as_source(r, route) := by_place(r, route, place(r, route), made(r, route)) if {
	not has_own_key(r, route)
	not decided_by_open_key(r, route)
}

decided_by_open_key(r, route) if {
	takes_key(r, route)
	plan.open_reference(r, "kms_key_id")
	made(r, route) != "encrypted"
}

# A key with which it is encrypted whatever the source: RDS refuses it otherwise.
has_own_key(r, route) if {
	takes_key(r, route)
	plan.given(r, "kms_key_id", object.get(r.values, "kms_key_id", null))
}

takes_key(_, route) if replicas[route]

takes_key(r, route) if {
	r.type == "aws_rds_cluster"
	route in {"snapshot_identifier", "restore_to_point_in_time"}
}

by_place(_, _, "near", "encrypted") := {"is": "encrypted"}

by_place(_, route, "near", "plain") := {"is": "source", "route": route}

by_place(r, route, "near", "unknown") := undecided(route, words[route]) if r

by_place(_, route, "far", _) := {"is": "far", "route": route}

by_place(_, route, "unknown", _) := undecided(route, "whether its source is in the same region is not known, and in another one a replica is encrypted only with a key of that region")

words := {
	"replicate_source_db": "a replica is encrypted as its source is, and that is not known here",
	"replication_source_identifier": "a replica is encrypted as its source is, and that is not known here",
	"snapshot_identifier": "what is restored from a snapshot is encrypted as the snapshot is, and that is not known here",
	"restore_to_point_in_time": "what is restored to a point in time is encrypted as its source was, and that is not known here",
	"global_cluster_identifier": "a member of a global cluster is encrypted as that is, and that is not known here",
}

# Whether a source is in the region of what is made from it: `near`, `far` or `unknown`. Only replicas can be elsewhere.
place(_, route) := "near" if not replicas[route]

place(r, route) := of_arn(r, r.values[route]) if {
	replicas[route]
	is_string(r.values[route])
}

place(r, route) := of_target(r, targets(r, route)[0]) if {
	replicas[route]
	not is_string(r.values[route])
	count(targets(r, route)) > 0
}

place(r, route) := of_arn(r, r.unknown[route].prefix) if {
	replicas[route]
	not is_string(r.values[route])
	count(targets(r, route)) == 0
	startswith(r.unknown[route].prefix, "arn:")
}

default place(_, _) := "unknown"

# A name without region is one of the same region.
of_arn(_, text) := "near" if not startswith(text, "arn:")

of_arn(r, text) := compared(r.region, split(text, ":")[3]) if {
	startswith(text, "arn:")
	count(split(text, ":")) > 4
}

default of_arn(_, _) := "unknown"

of_target(_, target) := "near" if target.attribute != "arn"

of_target(r, target) := compared(r.region, target.resource.region) if {
	target.attribute == "arn"
	not same_provider(r, target.resource)
}

of_target(r, target) := "near" if {
	target.attribute == "arn"
	same_provider(r, target.resource)
}

same_provider(r, s) if {
	r.module == s.module
	object.get(data.trueline.provider_tags, [r.address, "provider"], 0) == object.get(data.trueline.provider_tags, [s.address, "provider"], 1)
}

compared(a, b) := {true: "near", false: "far"}[a == b] if {
	a != null
	b != null
}

default compared(_, _) := "unknown"

# How the source is encrypted: `encrypted`, `plain` or `unknown`.
made(r, route) := of_resource(targets(r, route)[0].resource) if count(targets(r, route)) > 0

default made(_, _) := "unknown"

# Resources of the module that an argument names, by reference or by name.
targets(r, route) := array.concat(
	[{"resource": s, "attribute": link.attribute} |
		some link in object.get(data.trueline.links, r.address, [])
		regex.replace(link.route, `(\[[0-9]+\])?\..*$`, "") == route
		link.certain
		some s in plan.resources(link.type)
		s.address == link.to
	],
	[{"resource": s, "attribute": "identifier"} |
		some name in names(r, route)
		some type, attribute in identifiers
		some s in plan.resources(type)
		s.values[attribute] == name
		s.region == r.region
		s.address != r.address
	],
)

identifiers := {"aws_db_instance": "identifier", "aws_rds_cluster": "cluster_identifier"}

names(r, route) := [r.values[route]] if {
	replicas[route]
	is_string(r.values[route])
}

names(r, "restore_to_point_in_time") := [block[name] |
	some block in plan.elements(r.values, "restore_to_point_in_time")
	some name in ["source_db_instance_identifier", "source_cluster_identifier"]
	is_string(block[name])
]

default names(_, _) := []

of_resource(s) := of_database(s) if identifiers[s.type]

of_resource(s) := of_database(database) if {
	route := snapshots[s.type]
	some link in object.get(data.trueline.links, s.address, [])
	link.route == route
	link.certain
	some database in plan.resources(link.type)
	database.address == link.to
}

# A copy with a key is encrypted, whatever it is a copy of.
of_resource(s) := "encrypted" if {
	s.type in {"aws_db_snapshot_copy", "aws_rds_cluster_snapshot_copy"}
	plan.given(s, "kms_key_id", object.get(s.values, "kms_key_id", null))
}

of_resource(s) := "encrypted" if {
	s.type == "aws_rds_global_cluster"
	says(s) == "true"
}

default of_resource(_) := "unknown"

snapshots := {"aws_db_cluster_snapshot": "db_cluster_identifier", "aws_db_snapshot": "db_instance_identifier"}

of_database(s) := "encrypted" if says(s) == "true"

of_database(s) := "encrypted" if {
	says(s) != "true"
	always_encrypted(s)
}

of_database(s) := "plain" if {
	says(s) in {"false", "unset"}
	not always_encrypted(s)
	count(sources(s)) + count(open_sources(s)) == 0
	not s.unknown.engine_mode
}

default of_database(_) := "unknown"
