# METADATA
# title: CloudFront distribution with the certificate of cloudfront.net
# description: >-
#   With CloudFront's own certificate the oldest version of TLS can't be chosen: TLS 1.0 stays open. Visitors see an address that says
#   nothing of who runs it.
# custom:
#   id: aws/cloudfront/without-own-certificate
#   severity: low
#   profile: strict
#   resources: [aws_cloudfront_distribution]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV2_AWS_42, CKV_AWS_174]
#   help: >-
#     Choose a domain name, ask for a certificate in us-east-1 (`aws_acm_certificate`), and set `aliases`, `acm_certificate_arn`,
#     `ssl_support_method = "sni-only"` and `minimum_protocol_version = "TLSv1.2_2021"`.
package trueline.rules.aws.cloudfront.without_own_certificate

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "viewer_certificate.cloudfront_default_certificate",
	"not_equals": true,
	"else": "TLS 1.0 can't be switched off with it",
	"fix": [],
} if some r in plan.resources("aws_cloudfront_distribution")
