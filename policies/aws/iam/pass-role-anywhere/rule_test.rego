package trueline.rules.aws.iam.pass_role_anywhere_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.iam.pass_role_anywhere as rule

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

policy(statement) := fixture.but(
	fixture.resource("aws_iam_role_policy", "p", {"policy": null}),
	{"documents": {"policy": {"Statement": [object.union({"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}, statement)]}}},
)

found(resources) := result if {
	result := denied(fixture.trueline(resources, {}))
}

test_any_role_is_found if {
	role := fixture.but(fixture.resource("aws_iam_role", "task", {}), {"documents": {"assume_role_policy": {"Statement": [{
		"Effect": "Allow",
		"Action": "sts:AssumeRole",
		"Principal": {"Service": "ecs-tasks.amazonaws.com"},
	}]}}})
	some f in found([policy({"Action": ["ecs:RunTask", "iam:PassRole"]}), role])
	f.route == "policy.Statement[0].Resource"
	f.severity == "high"
	contains(f.help, "`aws_iam_role.task.arn`")
}

test_all_roles_of_an_account_are_any_role if {
	count(found([policy({"Resource": ["arn:aws:iam::123456789012:role/*"]})])) == 1
	of_account := fixture.but(fixture.leaf("data.aws_caller_identity.me.account_id"), {"prefix": "arn:aws:iam::", "suffix": ":role/*"})
	some f in found([policy({"Resource": of_account})])
	contains(f.msg, "arn:aws:iam::…:role/*")
}

test_a_condition_on_the_service_makes_it_less_bad if {
	some f in found([policy({"Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}})])
	f.severity == "medium"
}

test_patterns_that_hold_it_are_found if {
	count(found([policy({"Action": "iam:Pass*"})])) == 1
	count(found([policy({"Action": "iam:P*"})])) == 1
}

test_named_roles_and_other_actions_are_fine if {
	count(found([policy({"Resource": "arn:aws:iam::123456789012:role/task"})])) == 0
	count(found([policy({"Resource": fixture.leaf("aws_iam_role.task.arn")})])) == 0
	count(found([policy({"Action": "iam:GetRole"})])) == 0
	count(found([policy({"Effect": "Deny"})])) == 0
}

test_a_variable_without_value_is_undecided if {
	r := policy({"Resource": fixture.open_leaf("role_arn")})
	count(found([r])) == 0
	result := undecided(fixture.trueline([r], {}))
	count(result) == 1
}

whole(statement) := fixture.but(
	fixture.resource("aws_iam_role_policy", "p", {"policy": null}),
	{"documents": {"policy": {"Statement": statement}}},
)

# Each part of a statement that is not known, and what is certain beside it.
bad := {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}

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
	every statement in [[bad, hidden], [hidden, bad], [object.union(bad, {"trueline:rest": hidden})]] {
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
