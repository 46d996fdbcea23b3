# METADATA
# title: CloudFront distribution that logs no requests
# description: >-
#   Who called what, from where and with which result is recorded nowhere: neither an attack nor an error can be traced afterwards.
# custom:
#   id: aws/cloudfront/distribution-without-access-logs
#   severity: medium
#   profile: strict
#   resources: [aws_cloudfront_distribution]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_86, AVD-AWS-0010, AWS-0010]
#   settings: [aws.s3_access_log_bucket]
#   help: >-
#     Name a bucket (`NAME.s3.amazonaws.com`) in `logging_config.bucket` that allows ACLs (`object_ownership =
#     "BucketOwnerPreferred"`).
#   fix: >-
#     Sets `logging_config` to the bucket for access logs that the settings name. Unsafe always: CloudFront refuses a bucket that does
#     not allow ACLs.
package trueline.rules.aws.cloudfront.distribution_without_access_logs

import rego.v1

import data.trueline.lib.plan
import data.trueline.lib.stated

expect contains {
	"of": r,
	"route": "logging_config.bucket",
	"set": true,
	"else": "who called it is recorded nowhere",
	"fix": operations(r),
	"needs": stated.needs(r, ["s3_access_log_bucket"]),
	"effects": [{"kind": "behaviour", "why": "the bucket has to allow ACLs, or CloudFront refuses it"}, {"kind": "cost", "why": "the logs are stored"}],
} if some r in plan.resources("aws_cloudfront_distribution")

operations(r) := [{"set": "logging_config[0].bucket", "value": sprintf("%s.s3.amazonaws.com", [stated.value(r, ["s3_access_log_bucket"])])}]

default operations(_) := []
