# METADATA
# title: IAM user with credentials of its own
# description: >-
#   A user has a password or keys of its own that live until somebody remembers to take them away. People get short-lived access
#   through IAM Identity Center, programs through roles.
# custom:
#   id: aws/iam/user
#   severity: info
#   profile: strict
#   resources: [aws_iam_user]
#   controls:
#     soc2: [CC6.1, CC6.2]
#     nist-800-53-r5: [IA-2, IA-5]
#     pci-dss-4.0: ['8.3.2']
#     hipaa: ['164.312(d)']
#     iso-27001-2022: [A.8.5]
#   aliases: [CKV_AWS_273]
#   help: >-
#     Give people access through IAM Identity Center, and programs a role: with OIDC also those outside of AWS.
package trueline.rules.aws.iam.user

import rego.v1

import data.trueline.lib.plan

deny contains {
	"address": r.address,
	"route": "",
	"msg": "an IAM user has credentials of its own that live until somebody takes them away",
} if some r in plan.resources("aws_iam_user")
