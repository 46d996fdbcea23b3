package trueline.rules.aws.iam.allow_all_but_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.iam.allow_all_but as rule

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
	fixture.resource("aws_iam_policy", "p", {"policy": null}),
	{"documents": {"policy": {"Statement": statement}}},
)

found(r) := result if {
	result := denied(fixture.trueline([r], {}))
}

test_not_action_is_found if {
	some f in found(policy([{"Effect": "Allow", "NotAction": ["iam:*", "sts:*"], "Resource": "*"}]))
	f.route == "policy.Statement[0].NotAction"
	f.msg == "`Allow` with `NotAction`: everything but `iam:*`, `sts:*` is allowed"
}

test_not_resource_is_found if {
	some f in found(policy({"Effect": "Allow", "Action": "s3:GetObject", "NotResource": fixture.leaf("aws_s3_bucket.b.arn")}))
	f.route == "policy.Statement.NotResource"
	contains(f.msg, "what is named")
}

test_deny_with_not_action_is_the_right_use if {
	count(found(policy([{"Effect": "Deny", "NotAction": "iam:*", "Resource": "*"}]))) == 0
}

test_an_unread_document_is_undecided if {
	r := fixture.but(
		fixture.resource("aws_iam_policy", "p", {"policy": null}),
		{"unknown": {"policy": fixture.unknown("file", "why")}},
	)
	result := undecided(fixture.trueline([r], {}))
	count(result) == 1
}

# Each part of a statement that is not known, and what is certain beside it.
bad := {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}

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
		count(found(r)) == 0
		some u in undecided(fixture.trueline([r], {}))
		contains(u.why, "var.x")
	}
	every document in [hidden, {"trueline:rest": hidden}, {"Version": "2012-10-17", "Statement": [hidden]}] {
		r := object.union(object.remove(policy([]), ["documents"]), {"documents": {"policy": document}})
		count(found(r)) == 0
		some u in undecided(fixture.trueline([r], {}))
		contains(u.why, "var.x")
	}
}

test_what_is_certain_beside_it_is_found if {
	every statement in [[bad, hidden], [hidden, bad], [object.union(bad, {"trueline:rest": hidden})]] {
		count(found(policy(statement))) > 0
	}
}

test_what_is_denied_need_not_be_known if {
	every member in ["Action", "NotAction", "Resource", "NotResource", "Principal", "Condition", "trueline:rest"] {
		r := policy([object.union(object.remove(bad, [member]), {"Effect": "Deny", member: hidden})])
		count(found(r)) == 0
		result := undecided(fixture.trueline([r], {}))
		count(result) == 0
	}
}
