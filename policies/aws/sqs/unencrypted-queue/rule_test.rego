package trueline.rules.aws.sqs.unencrypted_queue_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.sqs.unencrypted_queue as rule

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

queue(values) := fixture.resource("aws_sqs_queue", "q", object.union({"sqs_managed_sse_enabled": null, "kms_master_key_id": null}, values))

found(trueline) := result if {
	result := denied(trueline)
}

managed := [{"set": "sqs_managed_sse_enabled", "value": true}]

test_unset_is_found_and_fixed_without_harm if {
	some f in found(fixture.trueline([queue({})], {}))
	f.msg == "neither `sqs_managed_sse_enabled` nor `kms_master_key_id` is set: encryption is left to SQS, which encrypts new queues"
	f.severity == "low"
	f.fix == managed
	f.effects == []
}

test_false_is_turned_round_even_with_a_key if {
	some f in found(fixture.trueline([queue({"sqs_managed_sse_enabled": false})], fixture.with_key))
	startswith(f.msg, "`sqs_managed_sse_enabled` is false")
	f.severity == "medium"
	f.fix == managed
}

test_the_organizations_key_is_used_where_nobody_is_locked_out if {
	some f in found(fixture.trueline([queue({})], fixture.with_key))
	f.fix == [{"set": "kms_master_key_id", "value": fixture.key_arn}]
	f.effects[0].kind == "cost"
}

test_an_existing_queue_gets_the_managed_key if {
	some f in found(fixture.trueline([fixture.but(queue({}), {"new": false})], fixture.with_key))
	f.fix == managed
}

test_a_queue_that_a_service_sends_to_gets_the_managed_key if {
	subscription := fixture.resource("aws_sns_topic_subscription", "s", {"endpoint": null})
	links := fixture.linked(subscription, "endpoint", queue({}), "arn")
	some f in found(object.union(fixture.trueline([queue({}), subscription], fixture.with_key), links))
	f.fix == managed
}

test_a_queue_that_a_role_works_with_gets_the_managed_key if {
	policy := fixture.but(fixture.resource("aws_iam_role_policy", "p", {"policy": null}), {"documents": {"policy": {"Statement": [{
		"Effect": "Allow",
		"Action": ["sqs:SendMessage"],
		"Resource": [fixture.leaf("aws_sqs_queue.q.arn")],
	}]}}})
	some f in found(fixture.trueline([queue({}), policy], fixture.with_key))
	f.fix == managed
}

test_a_role_that_may_use_keys_is_not_locked_out if {
	policy := fixture.but(fixture.resource("aws_iam_role_policy", "p", {"policy": null}), {"documents": {"policy": {"Statement": [
		{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": fixture.leaf("aws_sqs_queue.q.arn")},
		{"Effect": "Allow", "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": fixture.key_arn},
	]}}})
	some f in found(fixture.trueline([queue({}), policy], fixture.with_key))
	f.fix[0].value == fixture.key_arn
}

test_either_way_of_encryption_is_fine if {
	count(found(fixture.trueline([queue({"sqs_managed_sse_enabled": true})], {}))) == 0
	count(found(fixture.trueline([queue({"kms_master_key_id": "alias/x"})], {}))) == 0
	reference := fixture.but(queue({}), {"unknown": {"kms_master_key_id": fixture.computed("aws_kms_key.k.arn")}})
	count(found(fixture.trueline([reference], {}))) == 0
}

test_variables_without_value_are_undecided if {
	some route in ["sqs_managed_sse_enabled", "kms_master_key_id"]
	r := fixture.but(queue({}), {"unknown": {route: fixture.unknown("variable", "why")}})
	count(found(fixture.trueline([r], {}))) == 0
	result := undecided(fixture.trueline([r], {}))
	count(result) == 1
}
