# METADATA
# title: CloudFront distribution without a web application firewall
# description: >-
#   Every request reaches the origin as it was sent: known attacks, scanners and floods included. A web ACL turns the usual ones away
#   at the edge.
# custom:
#   id: aws/cloudfront/distribution-without-waf
#   severity: medium
#   profile: strict
#   resources: [aws_cloudfront_distribution]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_68, AVD-AWS-0011, AWS-0011]
#   settings: [aws.cloudfront_web_acl_arn]
#   help: Name the ARN of a web ACL of scope CLOUDFRONT (made in us-east-1) in `web_acl_id`.
#   fix: >-
#     Sets `web_acl_id` to the web ACL that the settings name. Unsafe, since requests that it finds suspicious are refused.
package trueline.rules.aws.cloudfront.distribution_without_waf

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "web_acl_id",
	"set": true,
	"else": "no firewall looks at the requests of everybody on the internet",
	"fix": operations,
	"needs": needs,
	"effects": [
		{"kind": "cost", "why": "WAF is paid by request"},
		{"kind": "behaviour", "why": "requests that the web ACL finds suspicious are refused"},
	],
} if some r in plan.resources("aws_cloudfront_distribution")

operations := [{"set": "web_acl_id", "value": plan.settings.aws.cloudfront_web_acl_arn}]

default operations := []

needs := [] if plan.settings.aws.cloudfront_web_acl_arn

default needs := ["settings.aws.cloudfront_web_acl_arn"]
