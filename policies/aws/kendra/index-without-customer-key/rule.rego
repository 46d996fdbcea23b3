# METADATA
# title: Kendra index without a customer-managed key
# description: >-
#   The index is encrypted with a key that AWS owns. Its policy can't be changed, it can't be shared with another account, and access
#   to the data can't be cut by disabling it.
# custom:
#   id: aws/kendra/index-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_kendra_index]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_262]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `kms_key_id`.
#   fix: Sets `kms_key_id` to the organization's key. Unsafe on what exists, which would be replaced.
package trueline.rules.aws.kendra.index_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "server_side_encryption_configuration.kms_key_id",
	"set": true,
	"else": "the index is encrypted with a key that AWS owns",
	"what": "a customer-managed key is used",
	"fix": kms.set(r, "server_side_encryption_configuration[0].kms_key_id"),
	"needs": kms.needs(r),
	"effects": array.concat([kms.cost], [{"kind": "replaces", "why": "the key of an existing index can't be changed: it would be replaced by an empty one"}]),
} if some r in plan.resources("aws_kendra_index")
