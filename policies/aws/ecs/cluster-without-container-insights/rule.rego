# METADATA
# title: ECS cluster without Container Insights
# description: >-
#   How much memory, CPU and network each task takes, and why tasks end, is seen nowhere: an alarm can look at the whole cluster only.
# custom:
#   id: aws/ecs/cluster-without-container-insights
#   severity: low
#   profile: strict
#   resources: [aws_ecs_cluster]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [CA-7, SI-4]
#     iso-27001-2022: [A.8.16]
#   aliases: [CKV_AWS_65, AVD-AWS-0034, AWS-0034]
#   help: Add a `setting` block with `name = "containerInsights"` and `value = "enabled"`.
#   fix: Adds the `setting`. The metrics are paid for.
package trueline.rules.aws.ecs.cluster_without_container_insights

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "setting.value",
	"in": ["enabled", "enhanced"],
	"else": "what its tasks do is not measured",
	"what": "Container Insights is on",
	"fix": [{"set": "setting[0].name", "value": "containerInsights"}, {"set": "setting[0].value", "value": "enabled"}],
	"effects": [{"kind": "cost", "why": "the metrics are paid for"}],
} if some r in plan.resources("aws_ecs_cluster")
