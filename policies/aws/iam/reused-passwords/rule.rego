# METADATA
# title: IAM password policy that admits old passwords again
# description: >-
#   A password that leaked years ago works again when its owner goes back to it.
# custom:
#   id: aws/iam/reused-passwords
#   severity: low
#   profile: baseline
#   resources: [aws_iam_account_password_policy]
#   controls:
#     soc2: [CC6.1, CC6.2]
#     cis-aws-3.0: ['1.9']
#     cis-aws-5.0: ['1.8']
#     nist-800-53-r5: [IA-2, IA-5]
#     pci-dss-4.0: ['8.3.2']
#     hipaa: ['164.312(d)']
#     iso-27001-2022: [A.8.5]
#   aliases: [CKV_AWS_13, AVD-AWS-0056, AWS-0056]
#   help: Set `password_reuse_prevention = 24`.
#   fix: Sets `password_reuse_prevention` to 24.
package trueline.rules.aws.iam.reused_passwords

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "password_reuse_prevention",
	"at_least": 24,
	"else": "old passwords may be used again",
} if some r in plan.resources("aws_iam_account_password_policy")
