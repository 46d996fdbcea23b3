# METADATA
# title: CloudFront reads a bucket as anybody could
# description: >-
#   Without origin access control the bucket has to be readable for everybody, so that visitors can go around CloudFront, its firewall,
#   its logs and its restrictions.
# custom:
#   id: aws/cloudfront/bucket-open-beside-distribution
#   severity: high
#   profile: baseline
#   resources: [aws_cloudfront_distribution]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV2_AWS_46]
#   help: >-
#     Make an `aws_cloudfront_origin_access_control` and name it in `origin_access_control_id`; let the bucket's policy allow
#     `cloudfront.amazonaws.com` with `aws:SourceArn` of the distribution; then block public access.
package trueline.rules.aws.cloudfront.bucket_open_beside_distribution

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"each": "origin",
	"route": "origin_access_control_id",
	"set": true,
	"else": "the bucket has to be readable for everybody",
	"when": {"custom_origin_config": {"absent": true}, "vpc_origin_config": {"absent": true}, "s3_origin_config.origin_access_identity": {"absent": true}},
	"fix": [],
	"what": "CloudFront shows the bucket who it is",
} if some r in plan.resources("aws_cloudfront_distribution")
