# METADATA
# title: ElastiCache replication group without automatic failover
# description: >-
#   When the primary node fails, writes fail too until somebody promotes a replica by hand. With failover a replica takes over within a
#   minute.
# custom:
#   id: aws/elasticache/replication-group-without-failover
#   severity: low
#   profile: strict
#   resources: [aws_elasticache_replication_group]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV2_AWS_50]
#   help: >-
#     Set `automatic_failover_enabled` and `multi_az_enabled`, with two nodes or more per shard (`num_cache_clusters = 2` or
#     `replicas_per_node_group = 1`).
#   fix: >-
#     Sets `automatic_failover_enabled` and `multi_az_enabled` where there are replicas already. How many more nodes to pay for is not
#     decided here.
package trueline.rules.aws.elasticache.replication_group_without_failover

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "automatic_failover_enabled",
	"equals": true,
	"else": "nothing takes over when the primary node fails",
	"unless": {"global_replication_group_id": {"set": true}},
	"fix": operations(r),
} if some r in plan.resources("aws_elasticache_replication_group")

operations(r) := array.concat([{"set": "automatic_failover_enabled", "value": true}], zones(r)) if has_replica(r)

default operations(_) := []

zones(r) := [{"set": "multi_az_enabled", "value": true}] if plan.filled_in(r, "multi_az_enabled")

default zones(_) := []

has_replica(r) if r.values.num_cache_clusters >= 2

has_replica(r) if r.values.replicas_per_node_group >= 1
