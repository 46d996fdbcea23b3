# METADATA
# title: RDS cluster whose snapshots get no tags
# description: >-
#   Snapshots hold the same data as the cluster. Without its tags nobody sees whose they are, and policies that go by tags do not reach
#   them.
# custom:
#   id: aws/rds/cluster-snapshots-without-tags
#   severity: low
#   profile: baseline
#   resources: [aws_rds_cluster]
#   controls:
#     soc2: [CC2.1]
#     nist-800-53-r5: [CM-8]
#     iso-27001-2022: [A.5.9]
#   aliases: [CKV_AWS_313]
#   help: Set `copy_tags_to_snapshot = true`.
#   fix: Sets `copy_tags_to_snapshot`.
package trueline.rules.aws.rds.cluster_snapshots_without_tags

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "copy_tags_to_snapshot",
	"equals": true,
	"else": "snapshots of this cluster carry none of its tags",
} if some r in plan.resources("aws_rds_cluster")
