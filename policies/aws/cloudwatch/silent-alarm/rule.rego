# METADATA
# title: CloudWatch alarm whose actions are switched off
# description: >-
#   The alarm changes its state and tells nobody.
# custom:
#   id: aws/cloudwatch/silent-alarm
#   severity: medium
#   profile: baseline
#   resources: [aws_cloudwatch_metric_alarm]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [CA-7, SI-4]
#     iso-27001-2022: [A.8.16]
#   aliases: [CKV_AWS_319]
#   help: Remove `actions_enabled`, or set it to true.
#   fix: Sets `actions_enabled`.
package trueline.rules.aws.cloudwatch.silent_alarm

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "actions_enabled",
	"equals": true, "or_unset": true,
	"else": "the alarm tells nobody",
} if some r in plan.resources("aws_cloudwatch_metric_alarm")
