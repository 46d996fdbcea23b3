# METADATA
# title: Instance that is measured every five minutes only
# description: >-
#   An alarm on five-minute values tells of trouble when it is long over. Detailed monitoring measures every minute.
# custom:
#   id: aws/ec2/instance-without-detailed-monitoring
#   severity: low
#   profile: strict
#   resources: [aws_instance]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [CA-7, SI-4]
#     iso-27001-2022: [A.8.16]
#   aliases: [CKV_AWS_126]
#   help: Set `monitoring = true`.
#   fix: Sets `monitoring`. The metrics of an instance are paid for.
package trueline.rules.aws.ec2.instance_without_detailed_monitoring

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "monitoring",
	"equals": true,
	"else": "it is measured every five minutes only",
	"effects": [{"kind": "cost", "why": "the metrics of an instance are paid for"}],
} if some r in plan.resources("aws_instance")
