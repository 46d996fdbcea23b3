# METADATA
# title: API route that anybody may call
# description: >-
#   Without an authorization type everybody who knows the address can call what is behind the route.
# custom:
#   id: aws/apigateway/route-without-authorization
#   severity: high
#   profile: baseline
#   resources: [aws_apigatewayv2_route]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV_AWS_309]
#   help: >-
#     Set `authorization_type` to "JWT" or "CUSTOM" with an `authorizer_id`, or to "AWS_IAM" for callers with AWS identities. If it is
#     meant to be public, accept this finding with the reason.
package trueline.rules.aws.apigateway.route_without_authorization

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "authorization_type",
	"in": ["AWS_IAM", "CUSTOM", "JWT"],
	"else": "everybody who knows the address may call it",
	"fix": [],
} if some r in plan.resources("aws_apigatewayv2_route")
