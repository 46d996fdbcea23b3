package trueline.lib.rds_test

import rego.v1

import data.trueline.lib.rds
import data.trueline.lib.testing.fixture

instance(name, values) := fixture.resource("aws_db_instance", name, object.union(
	{"storage_encrypted": null, "kms_key_id": null, "replicate_source_db": null, "snapshot_identifier": null, "restore_to_point_in_time": []},
	values,
))

cluster(name, values) := fixture.resource("aws_rds_cluster", name, object.union(
	{
		"storage_encrypted": null, "kms_key_id": null, "engine_mode": "provisioned", "replication_source_identifier": null,
		"snapshot_identifier": null, "restore_to_point_in_time": [], "global_cluster_identifier": null,
	},
	values,
))

makers := {"aws_db_instance": instance("d", {}), "aws_rds_cluster": cluster("c", {})}

storage(r, others, links) := result if {
	result := rds.storage(r)
		with data.trueline.resources as fixture.by_type(array.concat([r], others))
		with data.trueline.links as links
		with data.trueline.provider_tags as {}
		with data.trueline.settings as {}
}

alone(r) := storage(r, [], {}).is

with_values(r, values) := fixture.but(r, {"values": object.union(r.values, values)})

block := [{"source_db_instance_identifier": "orders", "source_cluster_identifier": "ledger"}]

# An argument with a value, as a known name and as a reference to something that is not here.
named("restore_to_point_in_time", r) := [with_values(r, {"restore_to_point_in_time": block})]

named(route, r) := [
	with_values(r, {route: "orders"}),
	fixture.but(r, {"unknown": {route: fixture.computed("module.x.id")}}),
] if {
	route != "restore_to_point_in_time"
}

# Each argument that names what a database is made from: known, referred to, without value, unset.
test_arguments_times_known_unknown_unset if {
	every type, r in makers {
		every route in rds.arguments[type] {
			every state in [null, false] {
				every given in named(route, r) {
					alone(with_values(given, {"storage_encrypted": state})) == "unknown"
					alone(with_values(given, {"storage_encrypted": true})) == "encrypted"
				}
				open := fixture.but(with_values(r, {"storage_encrypted": state}), {"unknown": {route: fixture.unknown("variable", "why")}})
				alone(open) == "unknown"
				alone(with_values(open, {"storage_encrypted": true})) == "encrypted"
				storage(open, [], {}).route == route
				alone(with_values(r, {"storage_encrypted": state})) == "plain"
			}
		}
		alone(fixture.but(r, {"unknown": {"storage_encrypted": fixture.unknown("variable", "why")}})) == "unknown"
	}
}

# Whether a key makes it encrypted.
test_arguments_times_keys if {
	takes := {"aws_db_instance": {"replicate_source_db"}, "aws_rds_cluster": {"replication_source_identifier", "snapshot_identifier", "restore_to_point_in_time"}}
	every type, r in makers {
		every route in rds.arguments[type] {
			every given in named(route, r) {
				keyed := with_values(given, {"kms_key_id": fixture.key_arn})
				alone(keyed) == {true: "encrypted", false: "unknown"}[route in takes[type]]
				by_reference := fixture.but(given, {"unknown": object.union(given.unknown, {"kms_key_id": fixture.computed("aws_kms_key.k.arn")})})
				alone(by_reference) == {true: "encrypted", false: "unknown"}[route in takes[type]]
				open := fixture.but(given, {"unknown": object.union(given.unknown, {"kms_key_id": fixture.unknown("variable", "why")})})
				alone(open) == "unknown"
			}
		}
	}
}

replicas := {"aws_db_instance": "replicate_source_db", "aws_rds_cluster": "replication_source_identifier"}

test_replicas_times_regions if {
	every type, route in replicas {
		r := makers[type]
		far := with_values(r, {route: "arn:aws:rds:eu-west-1:111122223333:db:orders"})
		alone(far) == "far"
		alone(with_values(far, {"storage_encrypted": true})) == "far"
		alone(with_values(far, {"kms_key_id": fixture.key_arn})) == "encrypted"
		alone(fixture.but(far, {"unknown": {"kms_key_id": fixture.unknown("variable", "why")}})) == "unknown"
		alone(fixture.but(far, {"region": null})) == "unknown"
		alone(fixture.but(far, {"region": "eu-west-1"})) == "unknown"
		partly := fixture.but(r, {"unknown": {route: fixture.but(fixture.computed("random_id.x.hex"), {"prefix": "arn:aws:rds:eu-west-1:1:db:"})}})
		alone(partly) == "far"
	}
}

link(r, route, to, attribute) := {r.address: [{"route": route, "to": to.address, "type": to.type, "attribute": attribute, "certain": true}]}

refer(r, route) := fixture.but(r, {"unknown": {route: fixture.computed("x")}})

# What the module's own source says, by reference and by name, in the same region and in another one.
test_replicas_of_own_sources if {
	every type, route in replicas {
		base := makers[type]
		r := refer(base, route)
		every encrypted, want in {true: "encrypted", false: "source", null: "source"} {
			source := fixture.but(with_values(base, {"storage_encrypted": encrypted}), {"address": sprintf("%s.s", [type])})
			every attribute in ["identifier", "id", "arn"] {
				storage(r, [source], link(r, route, source, attribute)).is == want
			}
			elsewhere := fixture.but(source, {"region": "eu-west-1"})
			storage(r, [elsewhere], link(r, route, elsewhere, "arn")).is == "far"
			somewhere := fixture.but(source, {"region": null})
			storage(r, [somewhere], link(r, route, somewhere, "arn")).is == "unknown"
			named := with_values(source, {rds.identifiers[type]: "orders"})
			storage(with_values(base, {route: "orders"}), [named], {}).is == want
			storage(with_values(base, {route: "other"}), [named], {}).is == "unknown"
		}
		restored := fixture.but(with_values(base, {"snapshot_identifier": "s"}), {"address": sprintf("%s.s", [type])})
		storage(r, [restored], link(r, route, restored, "id")).is == "unknown"
	}
}

test_snapshots_of_own_databases if {
	every snapshot, database in {
		fixture.resource("aws_db_snapshot", "s", {}): makers.aws_db_instance,
		fixture.resource("aws_db_cluster_snapshot", "s", {}): makers.aws_rds_cluster,
	} {
		r := refer(database, "snapshot_identifier")
		every encrypted, want in {true: "encrypted", false: "source", null: "source"} {
			source := fixture.but(with_values(database, {"storage_encrypted": encrypted}), {"address": sprintf("%s.o", [database.type])})
			links := object.union(link(r, "snapshot_identifier", snapshot, "id"), link(snapshot, rds.snapshots[snapshot.type], source, "id"))
			storage(r, [snapshot, source], links).is == want
		}
		storage(r, [snapshot], link(r, "snapshot_identifier", snapshot, "id")).is == "unknown"
	}
	r := refer(makers.aws_db_instance, "snapshot_identifier")
	every key, want in {null: "unknown", fixture.key_arn: "encrypted"} {
		copy := fixture.resource("aws_db_snapshot_copy", "k", {"kms_key_id": key})
		storage(r, [copy], link(r, "snapshot_identifier", copy, "target_db_snapshot_identifier")).is == want
	}
}

test_restores_of_own_databases if {
	every type, attribute in {"aws_db_instance": "source_db_instance_identifier", "aws_rds_cluster": "source_cluster_identifier"} {
		base := makers[type]
		r := with_values(base, {"restore_to_point_in_time": [{attribute: null}]})
		every encrypted, want in {true: "encrypted", false: "source", null: "source"} {
			source := fixture.but(with_values(base, {"storage_encrypted": encrypted}), {"address": sprintf("%s.s", [type])})
			storage(r, [source], link(r, sprintf("restore_to_point_in_time[0].%s", [attribute]), source, "identifier")).is == want
			named := with_values(source, {rds.identifiers[type]: "orders"})
			storage(with_values(base, {"restore_to_point_in_time": [{attribute: "orders"}]}), [named], {}).is == want
		}
	}
}

test_members_of_global_clusters if {
	r := refer(makers.aws_rds_cluster, "global_cluster_identifier")
	every encrypted, want in {true: "encrypted", null: "unknown"} {
		world := fixture.resource("aws_rds_global_cluster", "w", {"storage_encrypted": encrypted})
		storage(r, [world], link(r, "global_cluster_identifier", world, "id")).is == want
	}
}

test_serverless_knows_nothing_else if {
	alone(cluster("c", {"engine_mode": "serverless", "snapshot_identifier": "s"})) == "encrypted"
	alone(fixture.but(cluster("c", {"engine_mode": null}), {"unknown": {"engine_mode": fixture.unknown("variable", "why")}})) == "unknown"
}
