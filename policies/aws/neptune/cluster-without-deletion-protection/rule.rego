# METADATA
# title: Neptune cluster without deletion protection
# description: >-
#   A mistaken `terraform destroy`, a renamed resource or one call of the API deletes the cluster at once. With protection it has to be
#   switched off first, which is a step that somebody sees.
# custom:
#   id: aws/neptune/cluster-without-deletion-protection
#   severity: medium
#   profile: baseline
#   resources: [aws_neptune_cluster]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV2_AWS_58]
#   help: Set `deletion_protection = true`.
#   fix: Sets `deletion_protection`, which changes nothing about how the cluster runs.
package trueline.rules.aws.neptune.cluster_without_deletion_protection

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "deletion_protection",
	"equals": true,
	"else": "one wrong command deletes this cluster",
} if some r in plan.resources("aws_neptune_cluster")
