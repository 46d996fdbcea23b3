package trueline.rules.aws.cloudwatch.log_group_without_customer_key_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.cloudwatch.log_group_without_customer_key as rule

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

group(values) := fixture.resource("aws_cloudwatch_log_group", "g", object.union({"kms_key_id": null}, values))

found(r, settings) := result if {
	result := denied(fixture.trueline([r], settings))
}

test_the_organizations_key_is_set_and_never_without_asking if {
	some f in found(group({}), fixture.with_key)
	f.fix == [{"set": "kms_key_id", "value": fixture.key_arn}]
	some e in f.effects
	e.kind == "behaviour"
	contains(e.why, "logs.us-east-1.amazonaws.com")
}

test_without_a_setting_a_key_is_needed if {
	some f in found(group({}), {})
	f.needs == ["settings.aws.kms_key_arn"]
	f.fix == []
}

test_a_region_that_is_still_to_be_filled_in_is_asked_for if {
	every region in ["REPLACE_ME", "", "<region>", "your-region", "us-east-1 "] {
		r := fixture.but(group({}), {"region": region})
		some f in found(r, fixture.with_key)
		f.needs == ["settings.aws.region"]
		f.fix == []
	}
	some f in found(
		fixture.but(group({}), {"region": "REPLACE_ME"}),
		{"aws": {"kms_key_arn": fixture.key_arn, "region": "us-east-1"}},
	)
	f.needs == []
	every region in ["us-gov-west-1", "cn-north-1", "ap-southeast-5", "eu-isoe-west-1"] {
		r := fixture.but(group({}), {"region": region})
		some g in found(r, fixture.with_key)
		g.needs == [sprintf("settings.aws.kms_key_arn.%s", [region])]
	}
}

test_a_key_is_fine if {
	count(found(group({"kms_key_id": "arn:x"}), {})) == 0
	reference := fixture.but(group({}), {"unknown": {"kms_key_id": fixture.computed("aws_kms_key.k.arn")}})
	count(found(reference, {})) == 0
	of_data := fixture.but(group({}), {"unknown": {"kms_key_id": fixture.but(
		fixture.unknown("data", "read"),
		{"refers": ["data.aws_kms_key.k.arn"]},
	)}})
	count(found(of_data, {})) == 0
}

test_a_variable_without_value_is_undecided if {
	r := fixture.but(group({}), {"unknown": {"kms_key_id": fixture.unknown("variable", "why")}})
	count(found(r, {})) == 0
	result := undecided(fixture.trueline([r], {}))
	count(result) == 1
}
