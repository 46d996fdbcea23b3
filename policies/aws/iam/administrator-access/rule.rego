# METADATA
# title: AdministratorAccess attached
# description: >-
#   Whoever gets at this role, user or group can do everything in the account: read all data, delete all backups, make new
#   administrators.
# custom:
#   id: aws/iam/administrator-access
#   severity: high
#   profile: baseline
#   resources: [aws_iam_role_policy_attachment, aws_iam_user_policy_attachment, aws_iam_group_policy_attachment, aws_iam_policy_attachment, aws_ssoadmin_managed_policy_attachment, aws_iam_role]
#   controls:
#     soc2: [CC6.1, CC6.3]
#     cis-aws-3.0: ['1.16']
#     cis-aws-5.0: ['1.15']
#     nist-800-53-r5: [AC-3, AC-6]
#     pci-dss-4.0: ['7.2.1', '7.2.2']
#     hipaa: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.2]
#   aliases: [CKV_AWS_274]
#   help: >-
#     Attach a policy that allows what is needed, and nothing more. Access for emergencies belongs to a role of its own that people
#     assume with a second factor.
package trueline.rules.aws.iam.administrator_access

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": route,
	"never": `^arn:aws[a-z-]*:iam::aws:policy/AdministratorAccess$`,
	"else": "it allows everything in the account",
	"what": "everything is allowed",
	"fix": [],
} if {
	some type, route in routes
	some r in plan.resources(type)
}

routes := {
	"aws_iam_group_policy_attachment": "policy_arn",
	"aws_iam_policy_attachment": "policy_arn",
	"aws_iam_role": "managed_policy_arns",
	"aws_iam_role_policy_attachment": "policy_arn",
	"aws_iam_user_policy_attachment": "policy_arn",
	"aws_ssoadmin_managed_policy_attachment": "managed_policy_arn",
}
