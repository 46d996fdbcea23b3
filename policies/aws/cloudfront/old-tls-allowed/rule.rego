# METADATA
# title: CloudFront distribution that takes outdated versions of TLS
# description: >-
#   TLS 1.0 and 1.1 have weaknesses that have been known for years, and PCI DSS forbids them.
# custom:
#   id: aws/cloudfront/old-tls-allowed
#   severity: high
#   profile: baseline
#   resources: [aws_cloudfront_distribution]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_174, AVD-AWS-0013, AWS-0013]
#   help: Set `minimum_protocol_version = "TLSv1.2_2021"` in `viewer_certificate`.
#   fix: >-
#     Sets `minimum_protocol_version` to "TLSv1.2_2021". Unsafe on an existing distribution, which very old clients can no longer use.
package trueline.rules.aws.cloudfront.old_tls_allowed

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "viewer_certificate.minimum_protocol_version",
	"matches": "^TLSv1[.][23]_[0-9]{4}$",
	"else": "connections with TLS 1.0 and 1.1 are taken",
	"unless": {"viewer_certificate.cloudfront_default_certificate": true},
	"value": "TLSv1.2_2021",
	"effects": effects(r),
} if some r in plan.resources("aws_cloudfront_distribution")

effects(r) := [{"kind": "behaviour", "why": "clients that do not know TLS 1.2 are turned away"}] if not r.new

effects(r) := [] if r.new
