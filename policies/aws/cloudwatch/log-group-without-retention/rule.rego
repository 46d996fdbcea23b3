# METADATA
# title: CloudWatch log group that keeps logs for ever
# description: >-
#   Logs are never deleted: they hold personal data longer than it may be kept, and cost more every month.
# custom:
#   id: aws/cloudwatch/log-group-without-retention
#   severity: low
#   profile: baseline
#   resources: [aws_cloudwatch_log_group]
#   controls:
#     soc2: [CC7.2, CC7.3]
#     nist-800-53-r5: [AU-11]
#     pci-dss-4.0: ['10.5.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_66]
#   settings: [log_retention_days]
#   help: Set `retention_in_days` to how long the organization keeps logs.
#   fix: Sets `retention_in_days` to `settings.log_retention_days`. Older logs of an existing group are deleted.
package trueline.rules.aws.cloudwatch.log_group_without_retention

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "retention_in_days",
	"at_least": 1,
	"else": "logs are never deleted",
	"fix": operations,
	"needs": needs,
	"effects": existing(r),
} if some r in plan.resources("aws_cloudwatch_log_group")

operations := [{"set": "retention_in_days", "value": plan.settings.log_retention_days}]

default operations := []

needs := [] if plan.settings.log_retention_days

needs := ["settings.log_retention_days"] if not plan.settings.log_retention_days

existing(r) := [{"kind": "behaviour", "why": "older logs are deleted"}] if not r.new

default existing(_) := []
