# METADATA
# title: Lambda URL that anybody may call
# description: >-
#   Who finds the URL can call the function as often as they like, at the owner's expense, with no identity that could be logged or
#   refused.
# custom:
#   id: aws/lambda/url-without-authentication
#   severity: high
#   profile: baseline
#   resources: [aws_lambda_function_url]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV_AWS_258]
#   help: >-
#     Set `authorization_type = "AWS_IAM"` and let callers sign their requests; or put a CloudFront distribution with origin access
#     control or an API with an authorizer in front. If it is meant to be public, accept this finding with the reason.
package trueline.rules.aws.lambda.url_without_authentication

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "authorization_type",
	"equals": "AWS_IAM",
	"else": "everybody on the internet may call the function",
	"fix": [],
} if some r in plan.resources("aws_lambda_function_url")
