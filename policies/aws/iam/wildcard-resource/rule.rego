# METADATA
# title: IAM policy that allows writing to every resource
# description: >-
#   These actions change things, or give away what is stored, and are allowed on every resource of the account: one mistake or one
#   stolen credential reaches all of them, whoever they belong to.
# custom:
#   id: aws/iam/wildcard-resource
#   severity: medium
#   profile: baseline
#   resources:
#     - aws_iam_group_policy
#     - aws_iam_policy
#     - aws_iam_role
#     - aws_iam_role_policy
#     - aws_iam_user_policy
#     - aws_iot_policy
#     - aws_ssoadmin_permission_set_inline_policy
#     - awscc_iam_group_policy
#     - awscc_iam_managed_policy
#     - awscc_iam_role
#     - awscc_iam_role_policy
#     - awscc_iam_user_policy
#     - module
#   controls:
#     soc2: [CC6.1, CC6.3]
#     nist-800-53-r5: [AC-3, AC-6]
#     pci-dss-4.0: ['7.2.1', '7.2.2', '7.2.5']
#     hipaa: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.5.18, A.8.3]
#   aliases:
#     - CKV_AWS_107
#     - CKV_AWS_108
#     - CKV_AWS_109
#     - CKV_AWS_110
#     - CKV_AWS_111
#     - CKV_AWS_286
#     - CKV_AWS_287
#     - CKV_AWS_288
#     - CKV_AWS_289
#     - CKV_AWS_290
#     - CKV_AWS_355
#     - CKV_AWS_356
#     - AVD-AWS-0057
#     - AWS-0057
#     - aws-iam-no-policy-wildcards
#   help: Name the ARNs that the actions are meant for, or add a condition that does, such as `aws:ResourceTag`.
package trueline.rules.aws.iam.wildcard_resource

import rego.v1

import data.trueline.lib.actions
import data.trueline.lib.arns
import data.trueline.lib.conditions
import data.trueline.lib.iam
import data.trueline.lib.plan

deny contains finding if some finding in iam.certain(breaches)

unknown contains finding if some finding in iam.doubtful(breaches, "writing to every resource is allowed")

breaches contains {
	"grant": grant,
	"address": grant.resource.address,
	"route": sprintf("%s.%s", [grant.route, item.at]),
	"msg": sprintf("`Resource` is \"%s\"%s for %s", [item.value, iam.named(grant.body), plan.listed(wide, 5)]),
	"severity": severity(wide),
	"help": help(grant, wide),
} if {
	some grant in statements
	some item in iam.items(grant.body, "Resource")
	wide := concerned_by(grant.body, item.value)
	count(wide) > 0
}

unknown contains {
	"address": grant.resource.address,
	"route": sprintf("%s.%s", [grant.route, item.at]),
	"msg": sprintf("whether every resource is meant can't be decided: %s", [item.value.why]),
	"why": item.value.why,
} if {
	some grant in statements
	count(concerned(grant.body)) > 0
	count(iam.wide_resources(grant.body)) == 0
	some item in iam.open_resources(grant.body)
}

# Every resource is meant, and what may be done with it is not known.
unknown contains {
	"address": grant.resource.address,
	"route": sprintf("%s.%s", [grant.route, item.at]),
	"msg": sprintf("whether writing to every resource is allowed can't be decided: %s", [item.value.why]),
	"why": item.value.why,
} if {
	some grant in statements
	count(concerned(grant.body)) == 0
	count(iam.wide_resources(grant.body)) + count(iam.open_resources(grant.body)) > 0
	some item in iam.items(grant.body, "Action")
	iam.could_be_anything(item.value)
}

# Whether an action could name a resource has to be known.
unknown contains {
	"address": grant.resource.address,
	"route": sprintf("%s.%s", [grant.route, item.at]),
	"msg": sprintf("whether %s could name what it is meant for instead of \"%s\" can't be decided", [plan.listed(unlisted, 4), item.value]),
	"why": "AWS's list of actions, as Trueline has it, does not have them: they are newer than the list, or misspelt",
} if {
	some grant in statements
	unlisted := [action.value |
		some action in iam.items(grant.body, "Action")
		is_string(action.value)
		names_one_service(action.value)
		actions.unlisted(action.value)
	]
	count(unlisted) > 0
	some item in iam.wide_resources(grant.body)
	count(concerned(grant.body)) == 0
}

unknown contains {
	"address": found.resource.address,
	"route": found.route,
	"msg": sprintf("what this policy allows can't be decided: %s", [found.why]),
	"why": found.why,
} if {
	some found in iam.unread
	found.kind == "identity"
}

# Statements that no condition narrows.
statements := [iam.unless_narrowed(grant) |
	some grant in iam.grants
	grant.kind == "identity"
	count(conditions.narrowing_keys(grant.body)) == 0
]

# Actions that change something or give data away, and could name what they are meant for. Wildcards for a whole service and
# `iam:PassRole` are findings of their own.
concerned(body) := [item.value |
	some item in iam.items(body, "Action")
	is_string(item.value)
	names_one_service(item.value)
	matters(item.value)
]

names_one_service(action) if {
	not regex.match(`^\*+$|:\*+$|^\*:`, action)
	not regex.match(`(?i)^iam:pass`, action)
}

# Those of them for which this resource is too much: every one, or every one of a type.
concerned_by(body, resource) := concerned(body) if iam.is_any_resource(resource)

concerned_by(body, resource) := [action | some action in concerned(body); not actions.makes_something(action)] if {
	is_string(resource)
	not iam.is_any_resource(resource)
	arns.is_any_of_type(resource)
}

matters(action) if {
	actions.kind(action) == "some"
	not actions.reads(action)
}

matters(action) if actions.gives_away_data(action)

severity(wide) := "high" if {
	some action in wide
	actions.raises_privileges(action)
}

severity(wide) := "medium" if {
	every action in wide {
		not actions.raises_privileges(action)
	}
}

help(allow, wide) := sprintf("Name the ARNs that these actions are meant for. %s%s", [
	iam.guidance(allow.resource, {iam.service_of(action) | some action in wide}),
	apart(allow.body, wide),
])

# Actions that need `*` belong into a statement of their own.
apart(body, wide) := sprintf(" %s %s `Resource` to be \"*\": move %s into a statement of %s own.", [
	plan.listed(rest, 4),
	{true: "needs", false: "need"}[one],
	{true: "it", false: "them"}[one],
	{true: "its", false: "their"}[one],
]) if {
	rest := needing_all(body)
	count(rest) > 0
	count(wide) > 0
	one := count(rest) == 1
}

apart(body, _) := "" if count(needing_all(body)) == 0

needing_all(body) := [item.value |
	some item in iam.items(body, "Action")
	is_string(item.value)
	actions.without_resource(item.value)
]
