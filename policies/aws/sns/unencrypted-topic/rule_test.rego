package trueline.rules.aws.sns.unencrypted_topic_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.sns.unencrypted_topic as rule

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

topic(values) := fixture.resource("aws_sns_topic", "t", object.union({"kms_master_key_id": null}, values))

publisher := fixture.but(fixture.resource("aws_iam_role_policy", "p", {"policy": null}), {"documents": {"policy": {"Statement": [{
	"Effect": "Allow",
	"Action": "sns:Publish",
	"Resource": fixture.leaf("aws_sns_topic.t.arn"),
}]}}})

found(trueline) := result if {
	result := denied(trueline)
}

test_without_a_setting_a_key_is_needed if {
	some f in found(fixture.trueline([topic({})], {}))
	f.needs == ["settings.aws.kms_key_arn"]
	f.fix == []
}

test_the_organizations_key_is_used if {
	some f in found(fixture.trueline([topic({})], fixture.with_key))
	f.fix == [{"set": "kms_master_key_id", "value": fixture.key_arn}]
	[e.kind | some e in f.effects] == ["cost"]
}

test_alarms_need_a_key_that_lets_them_in if {
	alarm := fixture.resource("aws_cloudwatch_metric_alarm", "a", {"alarm_actions": [null]})
	links := fixture.linked(alarm, "alarm_actions[0]", topic({}), "arn")
	some f in found(object.union(fixture.trueline([topic({}), alarm, publisher], fixture.with_key), links))
	f.fix[0].value == fixture.key_arn
	some e in f.effects
	e.kind == "behaviour"
	contains(e.why, "cloudwatch.amazonaws.com")
}

test_the_managed_key_serves_roles_that_may_not_use_the_organizations if {
	some f in found(fixture.trueline([topic({}), publisher], fixture.with_key))
	f.fix == [{"set": "kms_master_key_id", "value": "alias/aws/sns"}]
	f.needs == []
	[e.kind | some e in f.effects] == ["cost"]
}

test_who_publishes_to_an_existing_topic_is_not_known if {
	some f in found(fixture.trueline([fixture.but(topic({}), {"new": false})], fixture.with_key))
	"behaviour" in {e.kind | some e in f.effects}
}

test_a_key_is_fine if {
	count(found(fixture.trueline([topic({"kms_master_key_id": "alias/org"})], {}))) == 0
	reference := fixture.but(topic({}), {"unknown": {"kms_master_key_id": fixture.computed("aws_kms_key.k.id")}})
	count(found(fixture.trueline([reference], {}))) == 0
}

test_a_variable_without_value_is_undecided if {
	r := fixture.but(topic({}), {"unknown": {"kms_master_key_id": fixture.unknown("variable", "why")}})
	count(found(fixture.trueline([r], {}))) == 0
	result := undecided(fixture.trueline([r], {}))
	count(result) == 1
}
