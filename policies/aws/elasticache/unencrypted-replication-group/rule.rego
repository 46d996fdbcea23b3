# METADATA
# title: ElastiCache replication group that is not encrypted at rest
# description: >-
#   What the cache writes to disk, in backups and while it synchronizes, lies there in plain form: sessions, tokens and whatever else
#   applications put into a cache.
# custom:
#   id: aws/elasticache/unencrypted-replication-group
#   severity: high
#   profile: baseline
#   resources: [aws_elasticache_replication_group]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_29, AVD-AWS-0045, AWS-0045]
#   help: Set `at_rest_encryption_enabled = true`.
#   fix: Sets `at_rest_encryption_enabled`. An existing group would be replaced by an empty one.
package trueline.rules.aws.elasticache.unencrypted_replication_group

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "at_rest_encryption_enabled",
	"equals": true,
	"else": "backups and swap of the cache are stored in plain form",
	"unless": {"global_replication_group_id": {"set": true}},
	"effects": [{"kind": "replaces", "why": "encryption at rest can be chosen only when a group is made: it would be replaced by an empty one"}],
} if some r in plan.resources("aws_elasticache_replication_group")
