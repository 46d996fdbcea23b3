# METADATA
# title: KMS key without a policy in the source
# description: >-
#   Who may use the key, and who may say so, is left to the policy that KMS makes by itself. It lets the account's administrators
#   decide by IAM, which no review of this code can see.
# custom:
#   id: aws/kms/key-without-policy
#   severity: low
#   profile: strict
#   resources: [aws_kms_key]
#   controls:
#     soc2: [CC6.1, CC6.3]
#     nist-800-53-r5: [AC-3, AC-6]
#     pci-dss-4.0: ['7.2.1', '7.2.2']
#     hipaa: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.2]
#   aliases: [CKV2_AWS_64]
#   settings: [aws.account_id]
#   help: >-
#     Write the policy that is meant: which roles use the key, which services, who administers it.
#   fix: >-
#     Writes down the policy that KMS makes by itself, for the account that the settings name, so that it can be reviewed and narrowed.
#     Unsafe on an existing key, whose policy may be another.
package trueline.rules.aws.kms.key_without_policy

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "policy",
	"set": true,
	"else": "who may use this key is left to the policy that KMS makes by itself",
	"fix": written,
	"needs": needs,
	"effects": effects(r),
} if some r in plan.resources("aws_kms_key")

# What KMS itself writes: IAM policies of the account decide.
written := [{"set": "policy", "hcl": sprintf(text, [plan.settings.aws.account_id])}]

default written := []

text := `jsonencode({
  Version = "2012-10-17"
  Statement = [{
    Sid       = "EnableIamPolicies"
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::%s:root" }
    Action    = "kms:*"
    Resource  = "*"
  }]
})`

needs := [] if plan.settings.aws.account_id

default needs := ["settings.aws.account_id"]

effects(r) := [] if r.new

effects(r) := [{"kind": "behaviour", "why": "the key's policy may have been changed since, and would be set back"}] if not r.new
