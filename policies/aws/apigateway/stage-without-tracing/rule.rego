# METADATA
# title: API whose requests are not traced
# description: >-
#   When a request is slow or fails, nothing shows which of the services behind the API was to blame. X-Ray records the way of a
#   request through all of them.
# custom:
#   id: aws/apigateway/stage-without-tracing
#   severity: low
#   profile: strict
#   resources: [aws_api_gateway_stage]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [CA-7, SI-4]
#     iso-27001-2022: [A.8.16]
#   aliases: [CKV_AWS_73, AVD-AWS-0003, AWS-0003]
#   help: Set `xray_tracing_enabled = true`.
#   fix: Sets `xray_tracing_enabled`. Traces are paid for by their number.
package trueline.rules.aws.apigateway.stage_without_tracing

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "xray_tracing_enabled",
	"equals": true,
	"else": "where its requests spend their time is not recorded",
	"effects": [{"kind": "cost", "why": "traces are paid for by their number"}],
} if some r in plan.resources("aws_api_gateway_stage")
