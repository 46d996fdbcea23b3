# METADATA
# title: IAM password policy that admits short passwords
# description: >-
#   Every character more makes a password many times harder to guess; fewer than 14 are found by machines that are cheap to rent.
# custom:
#   id: aws/iam/short-passwords
#   severity: medium
#   profile: baseline
#   resources: [aws_iam_account_password_policy]
#   controls:
#     soc2: [CC6.1, CC6.2]
#     cis-aws-3.0: ['1.8']
#     cis-aws-5.0: ['1.7']
#     nist-800-53-r5: [IA-2, IA-5]
#     pci-dss-4.0: ['8.3.2']
#     hipaa: ['164.312(d)']
#     iso-27001-2022: [A.8.5]
#   aliases: [CKV_AWS_10, AVD-AWS-0063, AWS-0063]
#   help: Set `minimum_password_length` to 14 or more.
#   fix: Sets `minimum_password_length` to 14, which holds for passwords that are set from then on.
package trueline.rules.aws.iam.short_passwords

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "minimum_password_length",
	"at_least": 14,
	"else": "short passwords can be guessed",
} if some r in plan.resources("aws_iam_account_password_policy")
