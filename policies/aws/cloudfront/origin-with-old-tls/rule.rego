# METADATA
# title: CloudFront asks its origin with outdated versions of TLS
# description: >-
#   SSL 3.0, TLS 1.0 and 1.1 have weaknesses that have been known for years. CloudFront uses the newest version that both know, and
#   somebody on the way can make that an old one.
# custom:
#   id: aws/cloudfront/origin-with-old-tls
#   severity: medium
#   profile: baseline
#   resources: [aws_cloudfront_distribution]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV2_AWS_54]
#   help: Set `origin_ssl_protocols = ["TLSv1.2"]`.
#   fix: Sets `origin_ssl_protocols` to TLS 1.2. Unsafe on an existing distribution whose origin may know older ones only.
package trueline.rules.aws.cloudfront.origin_with_old_tls

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"each": "origin.custom_origin_config",
	"route": "origin_ssl_protocols",
	"equals": ["TLSv1.2"],
	"else": "somebody on the way to the origin can force an old version",
	"effects": effects(r),
} if some r in plan.resources("aws_cloudfront_distribution")

effects(r) := [{"kind": "behaviour", "why": "an origin that does not know TLS 1.2 is no longer reached"}] if not r.new

effects(r) := [] if r.new
