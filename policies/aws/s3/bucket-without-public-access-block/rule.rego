# METADATA
# title: S3 bucket without a public access block
# description: >-
#   One ACL, one statement of a policy, written by mistake or by a program, opens the bucket to everybody. A public access block makes
#   S3 refuse it.
# custom:
#   id: aws/s3/bucket-without-public-access-block
#   severity: medium
#   profile: baseline
#   resources: [aws_s3_bucket]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     cis-aws-3.0: ['2.1.4']
#     cis-aws-5.0: ['2.1.4']
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV2_AWS_6, AVD-AWS-0094, AWS-0094, aws-s3-specify-public-access-block]
#   help: >-
#     Add an `aws_s3_bucket_public_access_block` with all four of its arguments true. Where the bucket is meant to be public, serve it
#     through CloudFront instead.
#   fix: >-
#     Adds the companion with all four arguments true. Unsafe where the module makes the bucket public, and on an existing bucket, of
#     which nobody knows who reads it.
package trueline.rules.aws.s3.bucket_without_public_access_block

import rego.v1

import data.trueline.lib.plan
import data.trueline.lib.s3

expect contains {
	"of": r,
	"companion": "aws_s3_bucket_public_access_block",
	"link": {"bucket": "id"},
	"else": "one ACL or one policy makes this bucket public",
	"what": "the bucket is kept from becoming public",
	"also": {"block_public_acls": true, "block_public_policy": true, "ignore_public_acls": true, "restrict_public_buckets": true},
	"effects": s3.public_effects(r),
} if some r in plan.resources("aws_s3_bucket")
