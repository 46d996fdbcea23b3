# METADATA
# title: ElastiCache replication group without snapshots
# description: >-
#   When the data of the group is lost or spoiled, nothing is there to start from. A daily snapshot is kept for some days and can be
#   restored to a new group.
# custom:
#   id: aws/elasticache/replication-group-without-snapshots
#   severity: low
#   profile: strict
#   resources: [aws_elasticache_replication_group]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-9, CP-10]
#     hipaa: ['164.308(a)(7)(ii)(A)']
#     iso-27001-2022: [A.8.13]
#   help: Set `snapshot_retention_limit` to the days that snapshots are kept.
#   fix: Keeps daily snapshots for seven days. Storage beyond one snapshot is paid for.
package trueline.rules.aws.elasticache.replication_group_without_snapshots

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "snapshot_retention_limit",
	"at_least": 1,
	"else": "what is lost in this group can't be brought back",
	"unless": {"node_type": {"matches": "^cache\\.t1\\."}},
	"value": 7,
	"effects": [{"kind": "cost", "why": "snapshots beyond the first are paid for"}],
} if some r in plan.resources("aws_elasticache_replication_group")
