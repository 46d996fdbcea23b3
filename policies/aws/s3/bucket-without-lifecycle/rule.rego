# METADATA
# title: S3 bucket without lifecycle rules
# description: >-
#   What is not needed any more stays, is paid for, and can still leak. Parts of uploads that were broken off stay too, and are not
#   even seen.
# custom:
#   id: aws/s3/bucket-without-lifecycle
#   severity: low
#   profile: strict
#   resources: [aws_s3_bucket]
#   controls:
#     soc2: [CC7.1, CC8.1]
#     nist-800-53-r5: [CM-2, CM-6]
#     iso-27001-2022: [A.8.9]
#   aliases: [CKV2_AWS_61]
#   help: Add an `aws_s3_bucket_lifecycle_configuration` with rules that end what is not needed any more.
#   fix: >-
#     Adds one that removes parts of uploads seven days after they were begun, and touches no object. When objects end is yours to say.
package trueline.rules.aws.s3.bucket_without_lifecycle

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"companion": "aws_s3_bucket_lifecycle_configuration",
	"link": {"bucket": "id"},
	"else": "nothing in it ever ends, not even parts of uploads that were broken off",
	"unless": {"lifecycle_rule": {"set": true}},
	"what": "objects of the bucket have a lifecycle",
	"also": {
		"rule[0].id": "abort-incomplete-uploads",
		"rule[0].status": "Enabled",
		"rule[0].filter[0]": {},
		"rule[0].abort_incomplete_multipart_upload[0].days_after_initiation": 7,
	},
} if some r in plan.resources("aws_s3_bucket")
