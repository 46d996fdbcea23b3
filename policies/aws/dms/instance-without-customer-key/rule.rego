# METADATA
# title: DMS replication instance without a customer-managed key
# description: >-
#   The replication instance is encrypted with the key that AWS manages for DMS. Its policy can't be changed, it can't be shared with
#   another account, and access to the data can't be cut by disabling it.
# custom:
#   id: aws/dms/instance-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_dms_replication_instance]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_212]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `kms_key_arn`.
#   fix: Sets `kms_key_arn` to the organization's key. Unsafe on what exists, which would be replaced.
package trueline.rules.aws.dms.instance_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "kms_key_arn",
	"set": true,
	"else": "the replication instance is encrypted with the key that AWS manages for DMS",
	"what": "a customer-managed key is used",
	"fix": kms.set(r, "kms_key_arn"),
	"needs": kms.needs(r),
	"effects": array.concat([kms.cost], [{"kind": "replaces", "why": "the key of an existing instance can't be changed: it would be replaced"}]),
} if some r in plan.resources("aws_dms_replication_instance")
