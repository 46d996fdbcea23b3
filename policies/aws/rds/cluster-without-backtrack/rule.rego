# METADATA
# title: Aurora MySQL cluster that can't be turned back
# description: >-
#   A wrong statement is undone by restoring a backup into a new cluster, which takes long. With backtrack the cluster itself goes back
#   some hours in minutes.
# custom:
#   id: aws/rds/cluster-without-backtrack
#   severity: info
#   profile: strict
#   resources: [aws_rds_cluster]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-9, CP-10]
#     hipaa: ['164.308(a)(7)(ii)(A)']
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_326]
#   help: >-
#     Set `backtrack_window` to the seconds that you want to be able to go back; it can be chosen only when the cluster is made.
#   fix: Sets `backtrack_window` to a day. Unsafe on an existing cluster.
package trueline.rules.aws.rds.cluster_without_backtrack

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "backtrack_window",
	"at_least": 1,
	"else": "a wrong statement is undone only by restoring a backup",
	"when": {"engine": {"in": ["aurora", "aurora-mysql"]}},
	"unless": {"engine_mode": {"in": ["serverless", "multimaster", "global"]}, "global_cluster_identifier": {"set": true}},
	"value": 86400,
	"effects": [{"kind": "replaces", "why": "backtrack can't be turned on for an existing cluster"}, {"kind": "cost", "why": "what is kept to turn back is paid for"}],
} if some r in plan.resources("aws_rds_cluster")
