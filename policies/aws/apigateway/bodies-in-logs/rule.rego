# METADATA
# title: API that logs whole requests and answers
# description: >-
#   With data traces the bodies of requests and answers go to the log: passwords, tokens and personal data, for everybody who may read
#   logs.
# custom:
#   id: aws/apigateway/bodies-in-logs
#   severity: medium
#   profile: baseline
#   resources: [aws_api_gateway_method_settings]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV_AWS_276]
#   help: Set `data_trace_enabled = false`; switch it on only while looking for a fault, on a stage without real data.
#   fix: Sets `data_trace_enabled` to false.
package trueline.rules.aws.apigateway.bodies_in_logs

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "settings.data_trace_enabled",
	"not_equals": true,
	"else": "passwords and personal data of requests go to the log",
	"value": false,
} if some r in plan.resources("aws_api_gateway_method_settings")
