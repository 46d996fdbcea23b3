# METADATA
# title: S3 bucket without an access log
# description: >-
#   Who read, wrote or deleted which object, and from where, can't be told afterwards.
# custom:
#   id: aws/s3/bucket-without-access-log
#   severity: low
#   profile: strict
#   resources: [aws_s3_bucket]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_18, AVD-AWS-0089, AWS-0089, aws-s3-enable-bucket-logging]
#   settings: [aws.s3_access_log_bucket]
#   help: >-
#     Add an `aws_s3_bucket_logging` that names a bucket for logs. The bucket for logs itself has to log to another one, or its logs
#     make logs.
#   fix: Adds the companion, with the bucket that the settings name and the label of the resource as prefix.
package trueline.rules.aws.s3.bucket_without_access_log

import rego.v1

import data.trueline.lib.plan
import data.trueline.lib.stated

expect contains {
	"of": r,
	"companion": "aws_s3_bucket_logging",
	"link": {"bucket": "id"},
	"else": "who reads and writes its objects is not recorded",
	"unless": {"logging.target_bucket": {"set": true}},
	"what": "access to the bucket is recorded",
	"fix": log_to(r),
	"needs": stated.needs(r, ["s3_access_log_bucket"]),
	"effects": [{"kind": "cost", "why": "the logs are stored"}],
} if some r in plan.resources("aws_s3_bucket")

log_to(r) := [{"ensure": "aws_s3_bucket_logging", "link": {"bucket": "id"}, "set": {
	"target_bucket": stated.value(r, ["s3_access_log_bucket"]),
	"target_prefix": sprintf("%s/", [r.name]),
}}]

default log_to(_) := []
