# METADATA
# title: Secret without a customer-managed key
# description: >-
#   The secret is encrypted with the key that AWS manages for Secrets Manager. Its policy can't be changed, it can't be shared with
#   another account, and access to the data can't be cut by disabling it.
# custom:
#   id: aws/secretsmanager/secret-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_secretsmanager_secret]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_149, AVD-AWS-0098, AWS-0098]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `kms_key_id`.
#   fix: Sets `kms_key_id` to the organization's key. Unsafe where those who work with it may not be allowed to use that key.
package trueline.rules.aws.secretsmanager.secret_without_customer_key

import rego.v1

import data.trueline.lib.access
import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "kms_key_id",
	"set": true,
	"else": "the secret is encrypted with the key that AWS manages for Secrets Manager",
	"what": "a customer-managed key is used",
	"fix": kms.set(r, "kms_key_id"),
	"needs": kms.needs(r),
	"effects": array.concat([kms.cost], access.key_effects(r)),
} if some r in plan.resources("aws_secretsmanager_secret")
