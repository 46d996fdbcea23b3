# METADATA
# title: API method that anybody may call
# description: >-
#   With `authorization = "NONE"` and no API key everybody who knows the address can call what is behind the method.
# custom:
#   id: aws/apigateway/method-without-authorization
#   severity: high
#   profile: baseline
#   resources: [aws_api_gateway_method]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV_AWS_59, CKV2_AWS_70, AVD-AWS-0004, AWS-0004]
#   help: >-
#     Set `authorization` to "AWS_IAM" for callers with AWS identities, "COGNITO_USER_POOLS" for users of a pool, or "CUSTOM" with an
#     authorizer. If it is meant to be public, accept this finding with the reason.
package trueline.rules.aws.apigateway.method_without_authorization

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "authorization",
	"not_equals": "NONE",
	"else": "everybody who knows the address may call it",
	"unless": {"http_method": "OPTIONS", "api_key_required": true},
	"fix": [],
	"what": "callers are asked who they are",
} if some r in plan.resources("aws_api_gateway_method")
