package trueline.rules.aws.ebs.volume_without_customer_key_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.ebs.volume_without_customer_key as rule

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

r(values) := fixture.resource("aws_ebs_volume", "x", object.union({"encrypted": true, "kms_key_id": null}, values))

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

test_unencrypted_storage_is_another_rules_finding if count(found(r({"encrypted": false}), {})) == 0

test_the_accounts_default_key_counts_in_its_region if {
	default_key := fixture.resource("aws_ebs_default_kms_key", "d", {"key_arn": fixture.key_arn})
	result := denied(fixture.trueline([r({}), default_key], {}))
	count(result) == 0
	elsewhere := denied(fixture.trueline([r({}), fixture.but(default_key, {"region": "eu-west-1"})], {}))
	count(elsewhere) == 1
}

test_a_snapshot_may_bring_its_key if {
	copy := r({"snapshot_id": "snap-1"})
	count(found(copy, {})) == 0
	count(open(copy)) == 1
	count(open(r({"snapshot_id": "snap-1", "kms_key_id": "arn:x"}))) == 0
}
