# METADATA
# title: Log group that keeps logs for less than the organization asks
# description: >-
#   Intrusions are often found after months. Logs that are gone by then tell nothing, and auditors ask for a year of them.
# custom:
#   id: aws/cloudwatch/short-log-retention
#   severity: low
#   profile: strict
#   resources: [aws_cloudwatch_log_group]
#   controls:
#     soc2: [CC7.2, CC7.3]
#     nist-800-53-r5: [AU-11]
#     pci-dss-4.0: ['10.5.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_338]
#   settings: [log_retention_days]
#   help: >-
#     Set `retention_in_days` to 365, or to what the organization asks for in `settings.log_retention_days`. Zero keeps them for ever.
#   fix: Sets what the settings ask for, else 365 days. Longer storage is paid for.
package trueline.rules.aws.cloudwatch.short_log_retention

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "retention_in_days",
	"at_least": days,
	"or": [0],
	"or_unset": true,
	"else": "logs are gone before anybody asks for them",
	"effects": [{"kind": "cost", "why": "logs are stored for longer"}],
} if some r in plan.resources("aws_cloudwatch_log_group")

days := plan.settings.log_retention_days

default days := 365
