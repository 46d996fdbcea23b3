# METADATA
# title: S3 bucket with a public ACL
# description: >-
#   The ACL lets everybody, or everybody with any AWS account, list or even write the bucket's objects.
# custom:
#   id: aws/s3/public-acl
#   severity: high
#   profile: baseline
#   resources: [aws_s3_bucket_acl, aws_s3_bucket]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV_AWS_20, CKV_AWS_57, AVD-AWS-0092, AWS-0092, aws-s3-no-public-access-with-acl]
#   help: Set `acl = "private"`, or leave ACLs out. Where the content is meant for everybody, serve it through CloudFront.
#   fix: >-
#     Sets `private`. Unsafe: whoever reads the bucket without permission of its own can't any more.
package trueline.rules.aws.s3.public_acl

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "acl",
	"not_in": ["public-read", "public-read-write", "authenticated-read"],
	"else": "people outside of the account may use this bucket",
	"value": "private",
	"effects": [{"kind": "behaviour", "why": "whoever used the bucket without a permission of its own can't any more"}],
} if {
	some type in ["aws_s3_bucket_acl", "aws_s3_bucket"]
	some r in plan.resources(type)
}
