# METADATA
# title: KMS key that is disabled
# description: >-
#   Nothing can be encrypted or decrypted with it: what is stored under this key can't be read.
# custom:
#   id: aws/kms/disabled-key
#   severity: low
#   profile: baseline
#   resources: [aws_kms_key]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_227]
#   help: Remove `is_enabled`, or set it to true; a key that nothing needs is deleted instead.
package trueline.rules.aws.kms.disabled_key

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "is_enabled",
	"equals": true, "or_unset": true,
	"else": "what is stored under this key can't be read",
	"fix": [],
} if some r in plan.resources("aws_kms_key")
