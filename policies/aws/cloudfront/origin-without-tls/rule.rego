# METADATA
# title: CloudFront asks its origin in plain HTTP
# description: >-
#   Visitors see a lock, and the way from the edge to the origin, across the internet, is readable for everybody on it.
# custom:
#   id: aws/cloudfront/origin-without-tls
#   severity: medium
#   profile: baseline
#   resources: [aws_cloudfront_distribution]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV2_AWS_72]
#   help: >-
#     Let the origin speak TLS with a certificate for its name, and set `origin_protocol_policy = "https-only"`. A website endpoint of
#     S3 knows no TLS: use the bucket itself with origin access control.
package trueline.rules.aws.cloudfront.origin_without_tls

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"each": "origin.custom_origin_config",
	"route": "origin_protocol_policy",
	"equals": "https-only",
	"else": "what visitors send may travel on in the clear",
	"fix": [],
} if some r in plan.resources("aws_cloudfront_distribution")
