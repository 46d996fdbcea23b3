# METADATA
# title: RDS instance without enhanced monitoring
# description: >-
#   CloudWatch sees the instance from outside, once a minute. What its processes do, and which of them takes memory or disk, is seen
#   only with enhanced monitoring.
# custom:
#   id: aws/rds/instance-without-enhanced-monitoring
#   severity: low
#   profile: strict
#   resources: [aws_db_instance, aws_rds_cluster_instance]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [CA-7, SI-4]
#     iso-27001-2022: [A.8.16]
#   aliases: [CKV_AWS_118]
#   settings: [aws.rds_monitoring_role_arn]
#   help: Set `monitoring_interval` to 60, and `monitoring_role_arn` to a role that RDS may use for it.
#   fix: Sets both, with the role that the settings name. Metrics are stored in CloudWatch Logs, which costs a little.
package trueline.rules.aws.rds.instance_without_enhanced_monitoring

import rego.v1

import data.trueline.lib.plan
import data.trueline.lib.stated

expect contains {
	"of": r,
	"route": "monitoring_interval",
	"at_least": 1,
	"else": "what happens inside of the instance is not recorded",
	"fix": operations(r),
	"needs": stated.needs(r, ["rds_monitoring_role_arn"]),
	"effects": [{"kind": "cost", "why": "the metrics are stored in CloudWatch Logs"}],
} if {
	some type in ["aws_db_instance", "aws_rds_cluster_instance"]
	some r in plan.resources(type)
}

operations(r) := [
	{"set": "monitoring_interval", "value": 60},
	{"default": "monitoring_role_arn", "value": stated.value(r, ["rds_monitoring_role_arn"])},
]

default operations(_) := []
