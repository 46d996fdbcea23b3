# What volumes are made from: snapshots and images decide on encryption, if they are encrypted, whatever the volume says.
package trueline.lib.snapshots

import rego.v1

import data.trueline.lib.plan

# How the snapshot is encrypted that an argument names: `encrypted`, `plain`, `unknown`, or `none` where there is none.
named(r, route, value) := of_snapshot(source(r, route)) if {
	plan.given(r, route, value)
	source(r, route)
}

named(r, route, value) := "unknown" if {
	plan.given(r, route, value)
	not source(r, route)
}

named(r, route, value) := "unknown" if {
	not plan.given(r, route, value)
	r.unknown[route]
}

default named(_, _, _) := "none"

# Why it is not known.
why(r, route) := r.unknown[route].why if plan.open_reference(r, route)

why(r, route) := "a volume that is made from an encrypted snapshot is encrypted, whatever `encrypted` says, and this snapshot is not known here" if {
	not plan.open_reference(r, route)
}

# The resource of the module to which an argument leads for certain.
source(r, route) := found[0] if {
	found := [s |
		some link in object.get(data.trueline.links, r.address, [])
		link.route == route
		link.certain
		some s in plan.resources(link.type)
		s.address == link.to
	]
	count(found) > 0
}

of_snapshot(s) := of_volume(source(s, "volume_id")) if {
	s.type == "aws_ebs_snapshot"
	source(s, "volume_id").type == "aws_ebs_volume"
}

of_snapshot(s) := "encrypted" if {
	s.type in {"aws_ebs_snapshot_copy", "aws_ebs_snapshot_import"}
	says(s) == "true"
}

# A copy of an encrypted snapshot is encrypted.
of_snapshot(s) := of_volume(source(source(s, "source_snapshot_id"), "volume_id")) if {
	s.type == "aws_ebs_snapshot_copy"
	says(s) in {"false", "unset"}
	source(source(s, "source_snapshot_id"), "volume_id").type == "aws_ebs_volume"
}

default of_snapshot(_) := "unknown"

of_volume(v) := "encrypted" if says(v) == "true"

of_volume(v) := "plain" if {
	says(v) in {"false", "unset"}
	not by_default(v)
	not plan.given(v, "snapshot_id", object.get(v.values, "snapshot_id", null))
	not v.unknown.snapshot_id
}

default of_volume(_) := "unknown"

# The account's default may be that all are.
by_default(v) if {
	some d in plan.resources("aws_ebs_encryption_by_default")
	null in {d.region, v.region}
}

by_default(v) if {
	some d in plan.resources("aws_ebs_encryption_by_default")
	d.region == v.region
}

# How the disks of an image are: `encrypted`, or `unknown` for other images of the module; `none` for those from elsewhere.
image(r, route) := "encrypted" if {
	s := source(r, route)
	s.type == "aws_ami_copy"
	says(s) == "true"
}

image(r, route) := "unknown" if {
	s := source(r, route)
	not encrypted_copy(s)
	s.mode == "managed"
}

default image(_, _) := "none"

encrypted_copy(s) if {
	s.type == "aws_ami_copy"
	says(s) == "true"
}

says(r) := plan.truth(r, "encrypted", object.get(r.values, "encrypted", null))
