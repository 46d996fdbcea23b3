# METADATA
# title: IAM password policy that asks for no lowercase letters
# description: >-
#   Passwords of few kinds of characters are guessed sooner.
# custom:
#   id: aws/iam/passwords-without-lowercase-letters
#   severity: low
#   profile: baseline
#   resources: [aws_iam_account_password_policy]
#   controls:
#     soc2: [CC6.1, CC6.2]
#     nist-800-53-r5: [IA-2, IA-5]
#     pci-dss-4.0: ['8.3.2']
#     hipaa: ['164.312(d)']
#     iso-27001-2022: [A.8.5]
#   aliases: [CKV_AWS_11, AVD-AWS-0058, AWS-0058]
#   help: Set `require_lowercase_characters = true`.
#   fix: Sets `require_lowercase_characters`, which holds for passwords that are set from then on.
package trueline.rules.aws.iam.passwords_without_lowercase_letters

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "require_lowercase_characters",
	"equals": true,
	"else": "passwords need no lowercase letters",
} if some r in plan.resources("aws_iam_account_password_policy")
