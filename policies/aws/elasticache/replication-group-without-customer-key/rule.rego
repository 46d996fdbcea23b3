# METADATA
# title: ElastiCache replication group without a customer-managed key
# description: >-
#   The replication group is encrypted with the key that AWS manages for ElastiCache. Its policy can't be changed, it can't be shared
#   with another account, and access to the data can't be cut by disabling it.
# custom:
#   id: aws/elasticache/replication-group-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_elasticache_replication_group]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_191]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `kms_key_id`.
#   after: [aws/elasticache/unencrypted-replication-group]
#   fix: Sets `kms_key_id` to the organization's key. Unsafe on what exists, which would be replaced.
package trueline.rules.aws.elasticache.replication_group_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "kms_key_id",
	"set": true,
	"else": "the replication group is encrypted with the key that AWS manages for ElastiCache",
	"what": "a customer-managed key is used",
	"unless": {"global_replication_group_id": {"set": true}},
	"fix": kms.set(r, "kms_key_id"),
	"needs": kms.needs(r),
	"effects": array.concat([kms.cost], [{"kind": "replaces", "why": "the key of an existing group can't be changed: it would be replaced by an empty one"}]),
} if some r in plan.resources("aws_elasticache_replication_group")
