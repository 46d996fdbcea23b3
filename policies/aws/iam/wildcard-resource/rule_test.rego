package trueline.rules.aws.iam.wildcard_resource_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.iam.wildcard_resource as rule

denied(t) := result if {
	result := rule.deny
		with data.trueline.resources as t.resources
		with data.trueline.links as t.links
		with data.trueline.backlinks as t.backlinks
		with data.trueline.settings as t.settings
		with data.trueline.params as t.params
		with data.trueline.provider_tags as t.provider_tags
		with data.trueline.actions as known_actions
}

undecided(t) := result if {
	result := rule.unknown
		with data.trueline.resources as t.resources
		with data.trueline.links as t.links
		with data.trueline.backlinks as t.backlinks
		with data.trueline.settings as t.settings
		with data.trueline.params as t.params
		with data.trueline.provider_tags as t.provider_tags
		with data.trueline.actions as known_actions
}

# What the table says of these.
known_actions := object.union_n([
	{action: "none" | some action in ["cloudwatch:putmetricdata", "ssmmessages:opendatachannel", "s3:putaccountpublicaccessblock"]},
	{action: "some" | some action in [
		"dynamodb:putitem", "ec2:runinstances", "iam:attachrolepolicy", "logs:createloggroup", "logs:putlogevents",
		"s3:deleteobject", "s3:putobject", "s3:*object", "sqs:sendmessage",
	]},
	{"polly:synthesizespeech": "read"},
])

policy(statement) := fixture.but(
	fixture.resource("aws_iam_role_policy", "p", {"policy": null}),
	{"documents": {"policy": {"Statement": statement}}},
)

allow(fields) := [object.union({"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}, fields)]

found(resources) := result if {
	result := denied(fixture.trueline(resources, {}))
}

test_writing_everywhere_is_found if {
	some f in found([policy(allow({}))])
	f.route == "policy.Statement[0].Resource"
	f.msg == "`Resource` is \"*\" for `s3:PutObject`"
	f.severity == "medium"
	not "fix" in object.keys(f)
}

test_the_modules_own_resources_are_named if {
	table := fixture.resource("aws_dynamodb_table", "orders", {})
	elsewhere := fixture.but(fixture.resource("aws_dynamodb_table", "x", {}), {"module": "module.m", "address": "module.m.aws_dynamodb_table.x"})
	some f in found([policy(allow({"Action": ["dynamodb:PutItem"]})), table, elsewhere])
	contains(f.help, "`aws_dynamodb_table.orders.arn`")
	not contains(f.help, "module.m")
}

test_arns_that_leave_everything_open_are_the_same if {
	every arn in ["arn:aws:s3:::*", "arn:aws:logs:*:*:*", "arn:aws:s3:::*/*", "arn:*:s3:::**", "arn:aws-cn:s3:*:*:*/*", "arn:aws:sqs:*::*", "**", "?*"] {
		count(found([policy(allow({"Resource": [arn], "Action": "logs:CreateLogGroup"}))])) == 1
	}
	every arn in [
		"arn:aws:s3:::bucket/*", "arn:aws:s3:::*-logs/*", "arn:aws:s3:::*/public/*", "arn:aws:logs:us-east-1:*:*", "arn:aws:sqs:*:1:q",
		"arn:aws:dynamodb:*:111122223333:table/*", "arn:aws:dynamodb:*:*:table/orders", "arn:aws:dynamodb:*:*:table/orders-*", "?",
	] {
		count(found([policy(allow({"Resource": arn}))])) == 0
	}
}

test_every_resource_of_a_type_is_too_much_but_for_what_makes_one if {
	every arn in ["arn:aws:dynamodb:*:*:table/*", "arn:aws:logs:*:*:log-group:*", "arn:aws:logs:*:*:log-group:*:log-stream:*", "arn:aws:route53:::hostedzone/*"] {
		count(found([policy(allow({"Resource": arn, "Action": "logs:PutLogEvents"}))])) == {true: 0, false: 1}[contains(arn, "log-stream")]
		count(found([policy(allow({"Resource": arn, "Action": "logs:CreateLogGroup"}))])) == 0
	}
	count(found([policy(allow({"Resource": "arn:aws:ec2:*:*:instance/*", "Action": "ec2:RunInstances"}))])) == 0
}

test_what_the_list_of_actions_does_not_have_is_undecided if {
	every action in ["s3:PutObjcet", "newservice:CreateThing", "newservice:*Thing"] {
		r := policy(allow({"Action": action}))
		count(found([r])) == 0
		result := undecided(fixture.trueline([r], {}))
		count(result) == 1
	}
	every action in ["newservice:GetThing", "newservice:*", "*", "iam:PassRole", "polly:SynthesizeSpeech"] {
		result := undecided(fixture.trueline([policy(allow({"Action": action}))], {}))
		count(result) == 0
	}

	# What is certain beside it is found.
	some f in found([policy(allow({"Action": ["newservice:CreateThing", "s3:PutObject"]}))])
	f.msg == "`Resource` is \"*\" for `s3:PutObject`"
	narrow := undecided(fixture.trueline([policy(allow({"Action": "newservice:CreateThing", "Resource": "arn:aws:newservice:eu-west-1:1:thing/x"}))], {}))
	count(narrow) == 0
}

test_reading_and_actions_without_resource_are_fine if {
	every action in ["s3:ListAllMyBuckets", "ec2:Describe*", "cloudwatch:PutMetricData", "ecr:GetAuthorizationToken", "ssmmessages:OpenDataChannel"] {
		count(found([policy(allow({"Action": action}))])) == 0
	}
}

test_actions_that_need_all_are_told_apart if {
	some f in found([policy(allow({"Action": ["cloudwatch:PutMetricData", "sqs:SendMessage"]}))])
	f.msg == "`Resource` is \"*\" for `sqs:SendMessage`"
	contains(f.help, "`cloudwatch:PutMetricData` needs `Resource` to be \"*\"")
}

test_giving_everything_away_is_found if {
	every action in ["secretsmanager:GetSecretValue", "s3:Get*", "s3:*Object", "ssm:GetParam*", "redshift:GetClusterCredentials"] {
		count(found([policy(allow({"Action": action}))])) == 1
	}
}

test_raising_privileges_is_worse if {
	some f in found([policy(allow({"Action": "iam:AttachRolePolicy"}))])
	f.severity == "high"
}

test_wildcards_and_pass_role_are_other_rules_findings if {
	count(found([policy(allow({"Action": ["*", "s3:*", "iam:PassRole"]}))])) == 0
}

test_a_condition_may_narrow_it if {
	count(found([policy(allow({"Condition": {"StringEquals": {"aws:ResourceTag/Team": "x"}}}))])) == 0
	count(found([policy(allow({"Condition": {"StringEquals": {"aws:RequestedRegion": "us-east-1"}}}))])) == 1
	count(found([policy(allow({"Condition": {"StringNotEquals": {"aws:ResourceTag/Team": "x"}}}))])) == 1
	count(found([policy(allow({"Condition": {"StringEqualsIfExists": {"aws:ResourceTag/Team": "x"}}}))])) == 1
	count(found([policy(allow({"Condition": {"StringLike": {"aws:ResourceTag/Team": "*"}}}))])) == 1
	count(found([policy(allow({"Condition": {"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}}}))])) == 1
	count(found([policy(allow({"Condition": {"Bool": {"kms:GrantIsForAWSResource": "true"}}}))])) == 0
}

test_a_tag_that_the_resource_must_have_narrows_it if {
	count(found([policy(allow({"Condition": {"Null": {"aws:ResourceTag/cluster": "false"}}}))])) == 0
	count(found([policy(allow({"Condition": {"Null": {"aws:RequestTag/cluster": "true", "ec2:ResourceTag/cluster": ["false"]}}}))])) == 0
	count(found([policy(allow({"Condition": {"Null": {"aws:ResourceTag/cluster": "true"}}}))])) == 1
	count(found([policy(allow({"Condition": {"Null": {"aws:RequestTag/cluster": "false"}}}))])) == 1
}

test_references_are_narrow_and_variables_undecided if {
	count(found([policy(allow({"Resource": fixture.leaf("aws_s3_bucket.b.arn")}))])) == 0
	r := policy(allow({"Resource": fixture.open_leaf("arn")}))
	count(found([r])) == 0
	result := undecided(fixture.trueline([r], {}))
	count(result) == 1
	prefixed := policy(allow({"Resource": fixture.but(fixture.open_leaf("name"), {"prefix": "arn:aws:s3:::"})}))
	none := undecided(fixture.trueline([prefixed], {}))
	count(none) == 0
}

# Each part of a statement that is not known, and what is certain beside it.
bad := {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}

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
		r := policy(statement)
		count(found([r])) == 0
		some u in undecided(fixture.trueline([r], {}))
		contains(u.why, "var.x")
	}
	every document in [hidden, {"trueline:rest": hidden}, {"Version": "2012-10-17", "Statement": [hidden]}] {
		r := object.union(object.remove(policy([]), ["documents"]), {"documents": {"policy": document}})
		count(found([r])) == 0
		some u in undecided(fixture.trueline([r], {}))
		contains(u.why, "var.x")
	}
}

test_what_is_certain_beside_it_is_found if {
	every statement in [[bad, hidden], [hidden, bad]] {
		count(found([policy(statement)])) > 0
	}
}

test_what_is_denied_need_not_be_known if {
	every member in ["Action", "NotAction", "Resource", "NotResource", "Principal", "Condition", "trueline:rest"] {
		r := policy([object.union(object.remove(bad, [member]), {"Effect": "Deny", member: hidden})])
		count(found([r])) == 0
		result := undecided(fixture.trueline([r], {}))
		count(result) == 0
	}
}

test_a_condition_that_is_not_known_may_narrow if {
	every part in [{"Condition": hidden}, {"Condition": {"StringEquals": hidden}}, {"trueline:rest": hidden}] {
		r := policy([object.union(bad, part)])
		count(found([r])) == 0
		some u in undecided(fixture.trueline([r], {}))
		contains(u.why, "var.x")
	}
}
