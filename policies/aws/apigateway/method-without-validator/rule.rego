# METADATA
# title: API method that takes whatever it is sent
# description: >-
#   What is missing or malformed is found out only by the code behind the API, if at all. A request validator turns it away before that
#   code runs.
# custom:
#   id: aws/apigateway/method-without-validator
#   severity: info
#   profile: strict
#   resources: [aws_api_gateway_method]
#   controls:
#     soc2: [CC6.8]
#     nist-800-53-r5: [SI-7]
#     hipaa: ['164.312(c)(1)']
#     iso-27001-2022: [A.8.32]
#   aliases: [CKV2_AWS_53]
#   help: >-
#     Describe the request in `request_parameters` and `request_models`, make an `aws_api_gateway_request_validator`, and name it in
#     `request_validator_id`.
package trueline.rules.aws.apigateway.method_without_validator

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "request_validator_id",
	"set": true,
	"else": "malformed requests reach the code behind it",
	"unless": {"http_method": "OPTIONS"},
	"fix": [],
	"what": "requests are checked",
} if some r in plan.resources("aws_api_gateway_method")
