# METADATA
# title: Neptune cluster whose backups are kept for less than a week
# description: >-
#   A mistake that is found after a long weekend can no longer be undone: the backups from before it are gone.
# custom:
#   id: aws/neptune/cluster-with-few-backups
#   severity: medium
#   profile: baseline
#   resources: [aws_neptune_cluster]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-9, CP-10]
#     hipaa: ['164.308(a)(7)(ii)(A)']
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_361]
#   help: Set `backup_retention_period` to 7 days or more.
#   fix: Keeps backups for seven days. Those beyond the size of the cluster are paid for.
package trueline.rules.aws.neptune.cluster_with_few_backups

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "backup_retention_period",
	"at_least": 7,
	"else": "a mistake that is found a week later can't be undone",
	"effects": [{"kind": "cost", "why": "backups beyond the size of the cluster are paid for"}],
} if some r in plan.resources("aws_neptune_cluster")
