package trueline.rules.aws.iam.wildcard_action_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.iam.wildcard_action as rule

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

holder(type, attribute, document) := fixture.but(
	fixture.resource(type, "p", {attribute: null}),
	{"documents": {attribute: document}},
)

policy(statement) := holder("aws_iam_policy", "policy", {"Version": "2012-10-17", "Statement": statement})

found(resources) := result if {
	result := denied(fixture.trueline(resources, {}))
}

open(resources) := result if {
	result := undecided(fixture.trueline(resources, {}))
}

test_a_text_is_found_as_well_as_a_list if {
	some f in found([policy([{"Effect": "Allow", "Action": "*", "Resource": "*"}])])
	f.route == "policy.Statement[0].Action"
	f.severity == "critical"
	some g in found([policy([{"Effect": "Allow", "Action": ["s3:GetObject", "*"], "Resource": "*"}])])
	g.route == "policy.Statement[0].Action[1]"
	contains(g.msg, "`Action` holds \"*\"")
}

test_several_services_are_one_finding if {
	some f in found([policy([{"Effect": "Allow", "Action": ["s3:*", "sqs:GetQueueUrl", "dynamodb:*"], "Resource": "*"}])])
	f.route == "policy.Statement[0].Action"
	contains(f.msg, "`s3:*`, `dynamodb:*`")
	f.severity == "high"
}

test_everything_says_it_all if {
	all := found([policy([{"Effect": "Allow", "Action": ["s3:*", "*"], "Resource": "*"}])])
	count(all) == 1
	some f in all
	f.route == "policy.Statement[0].Action[1]"
	f.severity == "critical"
}

test_a_single_statement_is_found if {
	some f in found([policy({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b"})])
	f.route == "policy.Statement.Action"
	f.severity == "high"
}

test_a_whole_service_is_found_with_its_guidance if {
	bucket := fixture.resource("aws_s3_bucket", "b", {})
	some f in found([policy([{"Sid": "All", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}]), bucket])
	f.severity == "high"
	contains(f.msg, "(statement `All`)")
	contains(f.help, "`s3:GetObject`")
	contains(f.help, "`aws_s3_bucket.b.arn`")
	some g in found([policy([{"Effect": "Allow", "Action": "s3:*", "Resource": fixture.leaf("aws_s3_bucket.b.arn")}])])
	g.severity == "medium"
}

test_every_holder_is_looked_into if {
	statement := {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "sqs:*", "Resource": "x"}
	every case in [
		["aws_iam_role_policy", "policy"], ["aws_iam_user_policy", "policy"], ["aws_iam_group_policy", "policy"],
		["aws_sqs_queue_policy", "policy"], ["aws_s3_bucket_policy", "policy"], ["aws_sns_topic_policy", "policy"],
		["aws_iam_role", "assume_role_policy"], ["aws_iam_role", "inline_policy[1].policy"], ["aws_opensearch_domain", "access_policies"],
	] {
		count(found([holder(case[0], case[1], {"Statement": [statement]})])) == 1
	}
}

test_key_policies_may_leave_the_key_to_the_account if {
	statement := {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1:root"}, "Action": "kms:*", "Resource": "*"}
	count(found([holder("aws_kms_key", "policy", {"Statement": [statement]})])) == 0
}

test_denied_and_named_actions_are_fine if {
	count(found([policy([
		{"Effect": "Deny", "Action": "*", "Resource": "*"},
		{"Effect": "Allow", "Action": ["s3:Get*", "s3:PutObject"], "Resource": "*"},
	])])) == 0
}

test_what_could_be_anything_is_undecided if {
	r := policy([{"Effect": "Allow", "Action": [fixture.open_leaf("action")], "Resource": "*"}])
	count(found([r])) == 0
	some u in open([r])
	contains(u.why, "var.action")
}

test_a_document_that_nobody_can_read_is_undecided if {
	r := fixture.but(
		fixture.resource("aws_iam_policy", "p", {"policy": null}),
		{"unknown": {"policy": fixture.unknown("variable", "why")}},
	)
	count(found([r])) == 0
	count(open([r])) == 1
}

test_a_document_that_is_sensitive_as_a_whole_is_undecided if {
	r := fixture.but(
		fixture.resource("aws_iam_policy", "p", {"policy": "(sensitive)"}),
		{"sensitive": ["policy"]},
	)
	count(found([r])) == 0
	{u.why | some u in open([r])} == {"it is sensitive as a whole"}
}

# Each part of a statement that is not known, and what is certain beside it.
bad := {"Effect": "Allow", "Action": "*", "Resource": "*"}

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
		some u in open([r])
		contains(u.why, "var.x")
	}
	every document in [hidden, {"trueline:rest": hidden}, {"Version": "2012-10-17", "Statement": [hidden]}] {
		r := object.union(object.remove(policy([]), ["documents"]), {"documents": {"policy": document}})
		count(found([r])) == 0
		some u in open([r])
		contains(u.why, "var.x")
	}
}

test_what_is_certain_beside_it_is_found if {
	every statement in [[bad, hidden], [hidden, bad], [object.union(bad, {"trueline:rest": hidden})]] {
		count(found([policy(statement)])) > 0
	}
}

test_what_is_denied_need_not_be_known if {
	every member in ["Action", "NotAction", "Resource", "NotResource", "Principal", "Condition", "trueline:rest"] {
		r := policy([object.union(object.remove(bad, [member]), {"Effect": "Deny", member: hidden})])
		count(found([r])) == 0
		result := open([r])
		count(result) == 0
	}
}

# A policy that is handed to a module which is not here: what it says is known, what becomes of it is not.
handed(statement) := object.union(fixture.trueline([], {}), {"handed": [{
	"address": "module.bucket",
	"module": "",
	"type": "module",
	"documents": {"policy": {"Statement": [statement]}},
}]})

test_what_is_handed_to_a_module_that_is_not_here_is_looked_into if {
	everything := handed({"Effect": "Allow", "Action": "*", "Resource": "*"})
	result := undecided(everything) with data.trueline.handed as everything.handed
	some u in result
	u.address == "module.bucket"
	u.route == "policy.Statement[0].Action"
	contains(u.why, "`module.bucket`")
	failed := denied(everything) with data.trueline.handed as everything.handed
	count(failed) == 0
}

test_what_is_handed_and_narrow_is_fine if {
	every statement in [
		{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"},
		{"Effect": "Deny", "Action": "*", "Resource": "*"},
		{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1:root"}, "Action": "kms:*", "Resource": "*"},
	] {
		narrow := handed(statement)
		result := undecided(narrow) with data.trueline.handed as narrow.handed
		count(result) == 0
	}
}

test_what_is_sensitive_is_undecided if {
	every statement in [object.union(bad, {"Action": "(sensitive)"}), object.union(bad, {"Action": ["(sensitive)"]}), object.union(bad, {"Effect": "(sensitive)"})] {
		r := policy([statement])
		count(found([r])) == 0
		some u in open([r])
		contains(u.why, "sensitive")
	}
}
