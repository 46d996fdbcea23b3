# METADATA
# title: S3 bucket without versioning
# description: >-
#   An object that is overwritten or deleted, by mistake, by a faulty program or by an intruder, is gone. With versioning it can be
#   brought back.
# custom:
#   id: aws/s3/bucket-without-versioning
#   severity: low
#   profile: baseline
#   resources: [aws_s3_bucket]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-9, CP-10]
#     hipaa: ['164.308(a)(7)(ii)(A)']
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_21, AVD-AWS-0090, AWS-0090, aws-s3-enable-versioning]
#   help: Add an `aws_s3_bucket_versioning` with status `Enabled`, and a lifecycle rule that ends old versions.
#   fix: Adds the companion, or sets its status. Old versions are paid for until a lifecycle rule ends them.
package trueline.rules.aws.s3.bucket_without_versioning

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"companion": "aws_s3_bucket_versioning",
	"link": {"bucket": "id"},
	"equals": {"versioning_configuration.status": "Enabled"},
	"else": "what is overwritten or deleted is gone",
	"unless": {"versioning.enabled": true},
	"what": "the bucket is versioned",
	"also": {"versioning_configuration[0].status": "Enabled"},
	"effects": [{"kind": "cost", "why": "old versions are stored until a lifecycle rule ends them"}],
} if some r in plan.resources("aws_s3_bucket")
