# METADATA
# title: CloudFront distribution with a single origin
# description: >-
#   When the origin fails, what is not cached fails with it. With an origin group CloudFront asks a second one.
# custom:
#   id: aws/cloudfront/single-origin
#   severity: info
#   profile: strict
#   resources: [aws_cloudfront_distribution]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_310]
#   help: Keep a second origin (a bucket in another region, a page that says what is wrong) and name both in an `origin_group`.
package trueline.rules.aws.cloudfront.single_origin

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "origin_group",
	"set": true,
	"else": "nothing answers when its origin fails",
	"fix": [],
} if some r in plan.resources("aws_cloudfront_distribution")
