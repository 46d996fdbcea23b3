package trueline.rules.aws.iam.public_principal_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.iam.public_principal as rule

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

holder(type, attribute, statement) := fixture.but(
	fixture.resource(type, "p", {attribute: null}),
	{"documents": {attribute: {"Statement": [object.union({"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "x"}, statement)]}}},
)

queue_policy(statement) := holder("aws_sqs_queue_policy", "policy", statement)

found(resources) := result if {
	result := denied(fixture.trueline(resources, {}))
}

test_every_spelling_is_found if {
	{f.route | some f in found([queue_policy({"Principal": "*"})])} == {"policy.Statement[0].Principal"}
	{f.route | some f in found([queue_policy({"Principal": {"AWS": "*"}})])} == {"policy.Statement[0].Principal.AWS"}
	{f.route | some f in found([queue_policy({"Principal": {"AWS": ["123456789012", "*"]}})])} == {"policy.Statement[0].Principal.AWS[1]"}
	{f.route | some f in found([queue_policy({"NotPrincipal": {"AWS": "123456789012"}})])} == {"policy.Statement[0].NotPrincipal"}
}

test_the_message_says_what_everybody_may_do if {
	some f in found([queue_policy({"Principal": "*"})])
	f.msg == "`Principal` is \"*\": everybody may call `sqs:SendMessage` on it"
	f.severity == "high"
}

test_roles_and_keys_are_critical if {
	some f in found([holder("aws_iam_role", "assume_role_policy", {"Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"})])
	f.severity == "critical"
	contains(f.msg, "take this role")
	some g in found([holder("aws_kms_key", "policy", {"Principal": "*", "Action": "kms:*"})])
	g.severity == "critical"
}

test_conditions_that_say_who_is_meant_are_enough if {
	every condition in [
		{"ArnEquals": {"aws:SourceArn": "arn:aws:sns:us-east-1:1:t"}},
		{"ArnLike": {"aws:SourceArn": fixture.leaf("aws_sns_topic.t.arn")}},
		{"StringEquals": {"aws:PrincipalOrgID": "o-1"}},
		{"StringEquals": {"kms:CallerAccount": "123456789012", "kms:ViaService": "s3.us-east-1.amazonaws.com"}},
		{"IpAddress": {"aws:SourceIp": ["10.0.0.0/8"]}},
	] {
		count(found([queue_policy({"Principal": "*", "Condition": condition})])) == 0
	}
}

test_conditions_that_say_nothing_are_not if {
	every condition in [
		{"Bool": {"aws:SecureTransport": "true"}},
		{"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}},
		{"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}},
		{"StringLike": {"aws:PrincipalArn": "*"}},
		{"StringEqualsIfExists": {"aws:SourceArn": "x"}},
	] {
		count(found([queue_policy({"Principal": "*", "Condition": condition})])) == 1
	}
}

test_a_condition_that_narrows_nothing_is_named if {
	some f in found([queue_policy({"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}}})])
	f.msg == "`Principal` is \"*\", whatever its condition on `aws:SourceIp` says: everybody may call `sqs:SendMessage` on it"
}

test_a_condition_that_is_not_known_is_undecided if {
	every condition in [
		fixture.open_leaf("condition"),
		{"ArnLike": {"aws:SourceArn": fixture.open_leaf("topic")}},
		{"StringEquals": {"aws:SomethingNew": "x"}},
	] {
		every element in [{"Principal": "*"}, {"Principal": {"AWS": ["*"]}}, {"NotPrincipal": {"AWS": "123456789012"}}] {
			r := queue_policy(object.union(element, {"Condition": condition}))
			count(found([r])) == 0
			result := undecided(fixture.trueline([r], {}))
			count(result) == 1
		}
	}
}

# A private API lets everybody in, and denies whoever does not come through its own endpoint.
private(condition) := fixture.but(
	fixture.resource("aws_api_gateway_rest_api_policy", "p", {"policy": null}),
	{"documents": {"policy": {"Statement": [
		{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"},
		{"Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Condition": condition},
	]}}},
)

test_a_denial_closes_what_is_allowed if {
	count(found([private({"StringNotEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}})])) == 0
	count(found([private({"StringEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}})])) == 1
	count(found([private({"Bool": {"aws:SecureTransport": "false"}})])) == 1
	count(found([private({"NotIpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}})])) == 1
	r := private({"StringNotLike": {"aws:SourceVpce": fixture.open_leaf("endpoint")}})
	count(found([r])) == 0
	result := undecided(fixture.trueline([r], {}))
	count(result) == 1
}

test_named_principals_are_fine if {
	every principal in [{"Service": "sns.amazonaws.com"}, {"AWS": "arn:aws:iam::123456789012:root"}, {"Federated": "*"}, {"AWS": fixture.leaf("aws_iam_role.r.arn")}] {
		count(found([queue_policy({"Principal": principal})])) == 0
	}
	count(found([queue_policy({"Effect": "Deny", "Principal": "*"})])) == 0
}

permission(values) := fixture.resource("aws_lambda_permission", "l", object.union(
	{
		"principal": "*",
		"action": "lambda:InvokeFunction",
		"source_account": null,
		"source_arn": null,
		"principal_org_id": null,
		"function_url_auth_type": null,
	},
	values,
))

test_lambda_permissions_are_found_too if {
	some f in found([permission({})])
	contains(f.msg, "call `lambda:InvokeFunction`")
	count(found([permission({"source_arn": "arn:x"})])) == 0
	count(found([permission({"source_arn": "arn:aws:sns:*:*:*"})])) == 1
	count(found([permission({"source_arn": "arn:aws:s3:::bucket"})])) == 0
	count(found([permission({"source_account": "111122223333"})])) == 0
	count(found([permission({"principal_org_id": "o-a1b2c3d4e5"})])) == 0

	# Whoever signs with an account of their own may call its URL.
	count(found([permission({"function_url_auth_type": "AWS_IAM"})])) == 1
	count(found([permission({"principal": "s3.amazonaws.com"})])) == 0
	count(found([fixture.but(permission({}), {"unknown": {"source_arn": fixture.computed("aws_x.y.arn")}})])) == 0
}

test_lambda_permissions_that_are_not_known_are_undecided if {
	unset := fixture.unknown("variable", "why")
	every r in [
		fixture.but(permission({}), {"unknown": {"source_arn": unset}}),
		fixture.but(permission({"principal": null}), {"unknown": {"principal": unset}}),
	] {
		count(found([r])) == 0
		result := undecided(fixture.trueline([r], {}))
		count(result) == 1
	}
}

test_what_is_wired_to_the_resource_is_named if {
	queue := fixture.resource("aws_sqs_queue", "q", {})
	topic := fixture.resource("aws_sns_topic", "t", {})
	subscription := fixture.resource("aws_sns_topic_subscription", "s", {})
	policy := queue_policy({"Principal": "*"})
	links := {
		"links": {
			policy.address: [{"route": "queue_url", "to": queue.address, "type": "aws_sqs_queue", "attribute": "id", "certain": true}],
			subscription.address: [
				{"route": "topic_arn", "to": topic.address, "type": "aws_sns_topic", "attribute": "arn", "certain": true},
				{"route": "endpoint", "to": queue.address, "type": "aws_sqs_queue", "attribute": "arn", "certain": true},
			],
		},
		"backlinks": {queue.address: [{
			"from": subscription.address,
			"type": "aws_sns_topic_subscription",
			"route": "endpoint",
			"attribute": "arn",
			"certain": true,
		}]},
	}
	result := denied(object.union(fixture.trueline([queue, topic, subscription, policy], {}), links))
	some f in result
	contains(f.help, "`aws_sns_topic.t`")
}

test_a_principal_that_could_be_anything_is_undecided if {
	r := queue_policy({"Principal": {"AWS": fixture.open_leaf("principal")}})
	count(found([r])) == 0
	result := undecided(fixture.trueline([r], {}))
	count(result) == 1
}

test_a_statement_is_undecided_once_however_many_principals_are if {
	every n, words in {2: "another principal is not known either", 3: "2 more principals are not known either"} {
		r := queue_policy({"Principal": {"AWS": [fixture.open_leaf("principal") | some _ in numbers.range(1, n)]}})
		some result in [undecided(fixture.trueline([r], {}))]
		count(result) == 1
		every u in result {
			contains(u.msg, words)
			endswith(u.route, "Principal.AWS[0]")
		}
	}
}

whole(statement) := fixture.but(
	fixture.resource("aws_sqs_queue_policy", "p", {"policy": null}),
	{"documents": {"policy": {"Statement": statement}}},
)

# Each part of a statement that is not known, and what is certain beside it.
bad := {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "x"}

hidden := fixture.open_leaf("x")

test_what_is_hidden_is_undecided if {
	every statement in [
		hidden, [hidden],
		[{"Effect": "Deny", "Action": "*", "Resource": "*"}, hidden],
		[object.union(bad, {"Effect": hidden})],
		object.union(bad, {"Effect": hidden}),
		[{"trueline:rest": hidden}],
		[object.union(object.remove(bad, ["Effect"]), {"trueline:rest": hidden})],
	] {
		r := whole(statement)
		count(found([r])) == 0
		some u in undecided(fixture.trueline([r], {}))
		contains(u.why, "var.x")
	}
	every document in [hidden, {"trueline:rest": hidden}, {"Version": "2012-10-17", "Statement": [hidden]}] {
		r := object.union(object.remove(whole([]), ["documents"]), {"documents": {"policy": document}})
		count(found([r])) == 0
		some u in undecided(fixture.trueline([r], {}))
		contains(u.why, "var.x")
	}
}

test_what_is_certain_beside_it_is_found if {
	every statement in [[bad, hidden], [hidden, bad]] {
		count(found([whole(statement)])) > 0
	}
}

test_what_is_denied_need_not_be_known if {
	every member in ["Action", "NotAction", "Resource", "NotResource", "Principal", "Condition", "trueline:rest"] {
		r := whole([object.union(object.remove(bad, [member]), {"Effect": "Deny", member: hidden})])
		count(found([r])) == 0
		result := undecided(fixture.trueline([r], {}))
		count(result) == 0
	}
}

test_a_condition_that_is_not_known_may_narrow if {
	every part in [{"Condition": hidden}, {"Condition": {"StringEquals": hidden}}, {"trueline:rest": hidden}] {
		r := whole([object.union(bad, part)])
		count(found([r])) == 0
		some u in undecided(fixture.trueline([r], {}))
		contains(u.why, "var.x")
	}
}
