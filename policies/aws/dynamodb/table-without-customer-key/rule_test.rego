package trueline.rules.aws.dynamodb.table_without_customer_key_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.dynamodb.table_without_customer_key as rule

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

table(sse) := fixture.resource("aws_dynamodb_table", "t", {"server_side_encryption": sse, "replica": []})

found(resources, settings) := result if {
	result := denied(fixture.trueline(resources, settings))
}

both := [
	{"set": "server_side_encryption[0].enabled", "value": true},
	{"set": "server_side_encryption[0].kms_key_arn", "value": fixture.key_arn},
]

test_every_way_of_missing_the_key_is_found if {
	some sse, route in {
		[]: "server_side_encryption",
		[{"enabled": false, "kms_key_arn": null}]: "server_side_encryption[0].enabled",
		[{"enabled": true, "kms_key_arn": null}]: "server_side_encryption[0].kms_key_arn",
	}
	some f in found([table(sse)], fixture.with_key)
	f.route == route
	f.fix == both
}

test_a_table_without_the_block_gets_it if {
	some f in found([table([])], fixture.with_key)
	f.fix == both
	[e.kind | some e in f.effects] == ["cost"]
}

test_without_a_setting_a_key_is_needed if {
	some f in found([table([])], {})
	f.fix == []
	f.needs == ["settings.aws.kms_key_arn"]
}

test_roles_that_may_not_use_the_key_are_named if {
	policy := fixture.but(fixture.resource("aws_iam_role_policy", "p", {"policy": null}), {"documents": {"policy": {"Statement": {
		"Effect": "Allow",
		"Action": "dynamodb:GetItem",
		"Resource": fixture.leaf("aws_dynamodb_table.t.arn"),
	}}}})
	some f in found([table([]), policy], fixture.with_key)
	some e in f.effects
	e.kind == "behaviour"
	contains(e.why, "`aws_iam_role_policy.p`")
}

test_a_customer_key_is_fine if {
	count(found([table([{"enabled": true, "kms_key_arn": "arn:x"}])], {})) == 0
	reference := fixture.but(
		table([{"enabled": true, "kms_key_arn": null}]),
		{"unknown": {"server_side_encryption[0].kms_key_arn": fixture.computed("aws_kms_key.k.arn")}},
	)
	count(found([reference], {})) == 0
}

test_a_variable_without_value_is_undecided if {
	r := fixture.but(
		table([{"enabled": true, "kms_key_arn": null}]),
		{"unknown": {"server_side_encryption[0].kms_key_arn": fixture.unknown("variable", "why")}},
	)
	count(found([r], {})) == 0
	result := undecided(fixture.trueline([r], {}))
	count(result) == 1
}
