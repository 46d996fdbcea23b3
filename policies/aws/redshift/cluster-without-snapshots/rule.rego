# METADATA
# title: Redshift cluster without automated snapshots
# description: >-
#   A dropped table or a load that went wrong can't be undone, since nothing from before it is kept.
# custom:
#   id: aws/redshift/cluster-without-snapshots
#   severity: medium
#   profile: baseline
#   resources: [aws_redshift_cluster]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-9, CP-10]
#     hipaa: ['164.308(a)(7)(ii)(A)']
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_343]
#   help: Set `automated_snapshot_retention_period` to the days that snapshots are kept.
#   fix: Keeps snapshots for seven days. Those beyond the storage of the cluster are paid for.
package trueline.rules.aws.redshift.cluster_without_snapshots

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "automated_snapshot_retention_period",
	"at_least": 1, "or_unset": true,
	"else": "what is lost in this cluster can't be brought back",
	"value": 7,
	"effects": [{"kind": "cost", "why": "snapshots beyond the storage of the cluster are paid for"}],
} if some r in plan.resources("aws_redshift_cluster")
