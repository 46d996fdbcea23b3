# METADATA
# title: CloudFront distribution without security headers
# description: >-
#   Without headers such as Strict-Transport-Security and X-Content-Type-Options browsers take plain HTTP, guess types and let other
#   sites put the page into a frame.
# custom:
#   id: aws/cloudfront/distribution-without-security-headers
#   severity: low
#   profile: baseline
#   resources: [aws_cloudfront_distribution]
#   controls:
#     soc2: [CC7.1, CC8.1]
#     nist-800-53-r5: [CM-2, CM-6]
#     iso-27001-2022: [A.8.9]
#   aliases: [CKV2_AWS_32]
#   help: >-
#     Name a response headers policy in `response_headers_policy_id`: one of your own, or AWS's SecurityHeadersPolicy
#     (`67f7725c-6f97-4210-82d7-5512b31e9d03`).
#   fix: >-
#     Names AWS's SecurityHeadersPolicy. Unsafe on an existing distribution: other sites can no longer put its pages into frames.
package trueline.rules.aws.cloudfront.distribution_without_security_headers

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "default_cache_behavior.response_headers_policy_id",
	"set": true,
	"else": "browsers get no security headers",
	"value": "67f7725c-6f97-4210-82d7-5512b31e9d03",
	"effects": effects(r),
} if some r in plan.resources("aws_cloudfront_distribution")

effects(r) := [{"kind": "behaviour", "why": "other sites can no longer put its pages into frames"}] if not r.new

effects(r) := [] if r.new
