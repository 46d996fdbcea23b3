package trueline.rules.aws.rds.cluster_without_customer_key_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.rds.cluster_without_customer_key as rule

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

r(values) := fixture.resource("aws_rds_cluster", "x", object.union({"storage_encrypted": true, "kms_key_id": null}, values))

found(resource, settings) := result if {
	result := denied(fixture.trueline([resource], settings))
}

open(resource) := result if {
	result := undecided(fixture.trueline([resource], {}))
}

test_without_a_key_the_organizations_is_set if {
	some f in found(r({}), fixture.with_key)
	f.route == "kms_key_id"
	f.fix == [{"set": "kms_key_id", "value": fixture.key_arn}]
	f.needs == []
	f.effects[0].kind == "replaces"
}

test_without_a_setting_one_is_needed if {
	some f in found(r({}), {})
	f.fix == []
	f.needs == ["settings.aws.kms_key_arn"]
}

test_a_setting_for_another_region_is_not_enough if {
	some f in found(fixture.but(r({}), {"region": "eu-west-1"}), fixture.with_key)
	f.needs == ["settings.aws.kms_key_arn.eu-west-1"]
	f.fix == []
}

test_a_key_is_fine if {
	count(found(r({"kms_key_id": "arn:x"}), {})) == 0
	reference := fixture.but(r({}), {"unknown": {"kms_key_id": fixture.computed("aws_kms_key.k.arn")}})
	count(found(reference, {})) == 0
	count(open(reference)) == 0
}

test_a_variable_without_value_is_undecided if {
	variable := fixture.but(r({}), {"unknown": {"kms_key_id": fixture.unknown("variable", "why")}})
	count(found(variable, {})) == 0
	count(open(variable)) == 1
}

test_unencrypted_storage_is_another_rules_finding if count(found(r({"storage_encrypted": false}), {})) == 0

test_a_restored_cluster_keeps_the_key_of_its_source if {
	every values in [{"snapshot_identifier": "s"}, {"restore_to_point_in_time": [{"source_cluster_identifier": "ledger"}]}] {
		restored := r(values)
		count(found(restored, {})) == 0
		count(open(restored)) == 1
		keyed := r(object.union(values, {"kms_key_id": "arn:x"}))
		count(found(keyed, {})) + count(open(keyed)) == 0
	}
}
