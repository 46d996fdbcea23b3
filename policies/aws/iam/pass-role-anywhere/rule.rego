# METADATA
# title: IAM policy that allows passing any role
# description: >-
#   Whoever may pass every role to a service can start something that runs with the most powerful role of the account, and so gets
#   its permissions.
# custom:
#   id: aws/iam/pass-role-anywhere
#   severity: high
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
#     nist-800-53-r5: [AC-3, AC-6, AC-6(10)]
#     pci-dss-4.0: ['7.2.2', '7.2.5']
#     hipaa: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)']
#     iso-27001-2022: [A.5.18, A.8.2]
#   aliases: [CKV_AWS_110, CKV_AWS_286, AVD-AWS-0342, AWS-0342]
#   help: Name the roles that are passed, and the service they are passed to with the condition `iam:PassedToService`.
package trueline.rules.aws.iam.pass_role_anywhere

import rego.v1

import data.trueline.lib.conditions
import data.trueline.lib.iam
import data.trueline.lib.plan

deny contains finding if some finding in iam.certain(breaches)

unknown contains finding if some finding in iam.doubtful(breaches, "any role may be passed")

breaches contains {
	"grant": grant,
	"address": grant.resource.address,
	"route": sprintf("%s.%s", [grant.route, item.at]),
	"msg": sprintf("`Resource` is \"%s\"%s for `%s`: any role may be passed%s", [shown(item.value), iam.named(grant.body), action, narrowed(grant.body)]),
	"severity": severity(grant.body),
	"help": help(grant),
} if {
	some grant in iam.grants
	grant.kind == "identity"
	action := passing(grant.body)
	some item in iam.items(grant.body, "Resource")
	any_role(item.value)
}

unknown contains {
	"address": grant.resource.address,
	"route": sprintf("%s.%s", [grant.route, item.at]),
	"msg": sprintf("whether any role may be passed can't be decided: %s", [item.value.why]),
	"why": item.value.why,
} if {
	some grant in iam.grants
	grant.kind == "identity"
	passing(grant.body)
	some item in iam.open_resources(grant.body)
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

# Every role is meant, and it is not known whether passing them is.
unknown contains {
	"address": grant.resource.address,
	"route": sprintf("%s.%s", [grant.route, item.at]),
	"msg": sprintf("whether any role may be passed can't be decided: %s", [item.value.why]),
	"why": item.value.why,
} if {
	some grant in iam.grants
	grant.kind == "identity"
	not passing(grant.body)
	some item in iam.items(grant.body, "Action")
	iam.could_be_anything(item.value)
	some target in iam.items(grant.body, "Resource")
	any_or_open(target.value)
}

any_or_open(value) if any_role(value)

any_or_open(value) if iam.could_be_anything(value)

# The action of the statement that passes roles; `iam:*` and `*` are another rule's findings.
passing(body) := found[0] if {
	found := [item.value |
		some item in iam.items(body, "Action")
		is_string(item.value)
		regex.match(`(?i)^iam:(p|pa|pas|pass|passr|passro|passrol|passrole)\*?$`, item.value)
		not regex.match(`(?i)^iam:(p|pa|pas|pass|passr|passro|passrol)$`, item.value)
	]
	count(found) > 0
}

any_role(value) if iam.is_any_resource(value)

any_role(value) if {
	is_string(value)
	endswith(value, ":role/*")
}

# The account of the ARN is known after apply, the rest says every role.
any_role(value) if {
	iam.is_unknown(value)
	object.get(value, "suffix", null) != null
	endswith(value.suffix, ":role/*")
}

shown(value) := value if is_string(value)

shown(value) := sprintf("%s…%s", [prefix, value.suffix]) if {
	iam.is_unknown(value)
	prefix := {true: "", false: value.prefix}[object.get(value, "prefix", null) == null]
}

to_service(body) if "iam:passedtoservice" in conditions.narrowing_keys(body)

narrowed(body) := ", if only to the services of the condition" if to_service(body)

narrowed(body) := "" if not to_service(body)

severity(body) := "medium" if to_service(body)

severity(body) := "high" if not to_service(body)

help(allow) := sprintf("Name the roles that are passed, with a condition on `iam:PassedToService`. Roles of this module: %s.", [plan.listed(roles, 6)]) if {
	roles := own_roles(allow.resource)
	count(roles) > 0
}

help(allow) := "Name the roles that are passed, with a condition on `iam:PassedToService`." if {
	count(own_roles(allow.resource)) == 0
}

# Roles of the module that a service may take, the one that has the policy left out.
own_roles(r) := sort({iam.reference_to(role) |
	some role in plan.resources("aws_iam_role")
	role.module == r.module
	not has(role, r)
	taken_by_service(role)
})

has(role, r) if role.address == r.address

has(role, r) if {
	some link in object.get(data.trueline.links, r.address, [])
	link.route == "role"
	link.to == role.address
}

taken_by_service(role) if {
	some statement in iam.statements(role.documents.assume_role_policy)
	statement.body.Principal.Service
}
