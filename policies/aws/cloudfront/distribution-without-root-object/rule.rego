# METADATA
# title: CloudFront distribution that says nothing of its root
# description: >-
#   A request for `/` goes to the origin as it is. A bucket that may be listed then answers with the names of all its files.
# custom:
#   id: aws/cloudfront/distribution-without-root-object
#   severity: low
#   profile: strict
#   resources: [aws_cloudfront_distribution]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV_AWS_305]
#   help: >-
#     Name the file that answers `/` in `default_root_object`, e.g. "index.html". Where an application answers `/` itself, accept this
#     finding with the reason.
package trueline.rules.aws.cloudfront.distribution_without_root_object

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "default_root_object",
	"set": true,
	"else": "`/` may answer with a list of all files",
	"fix": [],
} if some r in plan.resources("aws_cloudfront_distribution")
