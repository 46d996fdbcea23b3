# METADATA
# title: API whose requests are not logged
# description: >-
#   Who called what, from where and with which result is recorded nowhere: neither an attack nor an error can be traced afterwards.
# custom:
#   id: aws/apigateway/stage-without-access-logs
#   severity: medium
#   profile: baseline
#   resources: [aws_api_gateway_stage, aws_apigatewayv2_stage]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_76, AVD-AWS-0001, AWS-0001]
#   help: >-
#     Name a log group in `access_log_settings.destination_arn`, and in `format` what a line says (at least request id, address,
#     caller, method, path, status). REST APIs also need an `aws_api_gateway_account` with a role for CloudWatch.
package trueline.rules.aws.apigateway.stage_without_access_logs

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "access_log_settings.destination_arn",
	"set": true,
	"else": "who called it is recorded nowhere",
	"fix": [],
} if {
	some type in ["aws_api_gateway_stage", "aws_apigatewayv2_stage"]
	some r in plan.resources(type)
}
