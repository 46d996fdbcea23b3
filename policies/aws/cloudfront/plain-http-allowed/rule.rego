# METADATA
# title: CloudFront distribution that answers plain HTTP
# description: >-
#   Everybody on the way can read and change what visitors send and get, passwords and session cookies included.
# custom:
#   id: aws/cloudfront/plain-http-allowed
#   severity: high
#   profile: baseline
#   resources: [aws_cloudfront_distribution]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_34, AVD-AWS-0012, AWS-0012]
#   help: Set `viewer_protocol_policy = "redirect-to-https"` in every cache behavior, or "https-only" for APIs.
#   fix: >-
#     Sets `viewer_protocol_policy` to "redirect-to-https". Unsafe on an existing distribution: programs that call it by HTTP and
#     follow no redirects fail.
package trueline.rules.aws.cloudfront.plain_http_allowed

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"each": behaviors,
	"route": "viewer_protocol_policy",
	"not_equals": "allow-all",
	"else": "everybody on the way can read and change what is sent",
	"value": "redirect-to-https",
	"effects": effects(r),
} if {
	some r in plan.resources("aws_cloudfront_distribution")
	some behaviors in ["default_cache_behavior", "ordered_cache_behavior"]
}

effects(r) := [{"kind": "behaviour", "why": "programs that call it by HTTP and follow no redirects fail"}] if not r.new

effects(r) := [] if r.new
