package trueline.lib.roles_test

import rego.v1

import data.trueline.lib.roles
import data.trueline.lib.testing.fixture

function := fixture.resource("aws_lambda_function", "f", {})

role := fixture.resource("aws_iam_role", "r", {})

inline(actions) := fixture.but(
	fixture.resource("aws_iam_role_policy", "p", {}),
	{"documents": {"policy": {"Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}}},
)

attached(arn) := fixture.resource("aws_iam_role_policy_attachment", "a", {"policy_arn": arn})

link(route, to, type) := {"route": route, "to": to, "type": type, "certain": true}

to_role := link("role", "aws_iam_role.r", "aws_iam_role")

may(others, links) if {
	roles.may(function, "role", ["sqs:sendmessage"], ["AmazonSQSFullAccess"]) with data.trueline.resources as fixture.by_type(array.concat([function, role], others))
		with data.trueline.links as object.union({"aws_lambda_function.f": [to_role]}, links)
		with data.trueline.handed as []
}

default may(_, _) := false

test_by_a_policy_of_the_role if {
	links := {"aws_iam_role_policy.p": [to_role]}
	may([inline(["sqs:SendMessage"])], links)
	may([inline("sqs:*")], links)
	not may([inline(["sqs:ReceiveMessage"])], links)
	not may([inline(["sqs:SendMessage"])], {})
}

test_by_a_policy_that_is_attached if {
	links := {"aws_iam_role_policy_attachment.a": [to_role]}
	may([attached("arn:aws:iam::aws:policy/AmazonSQSFullAccess")], links)
	may([attached("arn:aws:iam::aws:policy/AdministratorAccess")], links)
	not may([attached("arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess")], links)
}

test_a_role_from_elsewhere_is_not_seen_to_be_allowed if {
	roles.effects(fixture.resource("aws_lambda_function", "g", {}), "role", ["sqs:sendmessage"], [], "why") == [{"kind": "behaviour", "why": "why"}] with data.trueline.resources as {}
		with data.trueline.links as {}
		with data.trueline.handed as []
}
