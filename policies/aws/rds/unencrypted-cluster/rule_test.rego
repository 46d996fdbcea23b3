package trueline.rules.aws.rds.unencrypted_cluster_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.rds.unencrypted_cluster as rule

denied(t) := result if {
	result := rule.deny
		with data.trueline.resources as t.resources
		with data.trueline.links as t.links
		with data.trueline.backlinks as t.backlinks
		with data.trueline.settings as t.settings
		with data.trueline.params as t.params
		with data.trueline.provider_tags as t.provider_tags
}

undecided(t) := result if {
	result := rule.unknown
		with data.trueline.resources as t.resources
		with data.trueline.links as t.links
		with data.trueline.backlinks as t.backlinks
		with data.trueline.settings as t.settings
		with data.trueline.params as t.params
		with data.trueline.provider_tags as t.provider_tags
}

base := {
	"storage_encrypted": null,
	"kms_key_id": null,
	"engine_mode": "provisioned",
	"snapshot_identifier": null,
	"replication_source_identifier": null,
}

cluster(values) := fixture.resource("aws_rds_cluster", "c", object.union(base, values))

found(r, settings) := result if {
	result := denied(fixture.trueline([r], settings))
}

open(r) := result if {
	result := undecided(fixture.trueline([r], {}))
}

test_unset_is_found_with_its_fix if {
	some f in found(cluster({}), fixture.with_key)
	f.msg == "`storage_encrypted` is not set: this cluster's storage is not encrypted"
	f.fix == [{"set": "storage_encrypted", "value": true}, {"default": "kms_key_id", "value": fixture.key_arn}]
	[e.kind | some e in f.effects] == ["replaces"]
}

test_false_is_found if count(found(cluster({"storage_encrypted": false}), {})) == 1

test_true_and_serverless_are_fine if {
	count(found(cluster({"storage_encrypted": true}), {})) == 0
	count(found(cluster({"engine_mode": "serverless"}), {})) == 0
}

test_what_it_is_made_from_decides if {
	every values in [
		{"snapshot_identifier": "s"}, {"replication_source_identifier": "arn:aws:rds:us-east-1:111122223333:cluster:ledger"},
		{"restore_to_point_in_time": [{"source_cluster_identifier": "ledger"}]}, {"global_cluster_identifier": "world"},
	] {
		r := cluster(values)
		count(found(r, {})) == 0
		count(open(r)) == 1
	}

	# With a key a restored cluster is encrypted, or refused.
	every values in [{"snapshot_identifier": "s"}, {"restore_to_point_in_time": [{"source_cluster_identifier": "ledger"}]}] {
		r := cluster(object.union(values, {"kms_key_id": fixture.key_arn}))
		count(found(r, {})) == 0
		count(open(r)) == 0
	}
	some f in found(cluster({"replication_source_identifier": "arn:aws:rds:eu-west-1:111122223333:cluster:ledger"}), {})
	f.route == "kms_key_id"
}

test_an_engine_mode_that_is_not_known_is_undecided if {
	r := fixture.but(cluster({"engine_mode": null}), {"unknown": {"engine_mode": fixture.unknown("variable", "why")}})
	count(found(r, {})) == 0
	count(open(r)) == 1
}

test_a_variable_without_value_is_undecided if {
	r := fixture.but(cluster({}), {"unknown": {"storage_encrypted": fixture.unknown("variable", "why")}})
	count(found(r, {})) == 0
	count(open(r)) == 1
}
