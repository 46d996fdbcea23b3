# METADATA
# title: ElastiCache replication group that takes plain connections
# description: >-
#   Keys and values, and the password where there is one, go over the network in plain form between the nodes and to the applications.
# custom:
#   id: aws/elasticache/replication-group-without-tls
#   severity: high
#   profile: baseline
#   resources: [aws_elasticache_replication_group]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_30, AVD-AWS-0051, AWS-0051]
#   help: Set `transit_encryption_enabled = true`.
#   fix: >-
#     Sets `transit_encryption_enabled`. On an existing group clients that don't speak TLS are cut off, and before Redis 7.0.5 it would
#     be replaced.
package trueline.rules.aws.elasticache.replication_group_without_tls

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "transit_encryption_enabled",
	"equals": true,
	"else": "keys, values and passwords go over the network in plain form",
	"unless": {"global_replication_group_id": {"set": true}},
	"effects": existing(r),
} if some r in plan.resources("aws_elasticache_replication_group")

existing(r) := [{"kind": "behaviour", "why": "clients that don't speak TLS are cut off, and a group before Redis 7.0.5 would be replaced"}] if not r.new

default existing(_) := []
