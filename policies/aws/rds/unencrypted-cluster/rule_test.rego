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
	r := cluster({"snapshot_identifier": "s"})
	count(found(r, {})) == 0
	count(open(r)) == 1
}

test_a_variable_without_value_is_undecided if {
	r := fixture.but(cluster({}), {"unknown": {"storage_encrypted": fixture.unknown("variable", "why")}})
	count(found(r, {})) == 0
	count(open(r)) == 1
}
