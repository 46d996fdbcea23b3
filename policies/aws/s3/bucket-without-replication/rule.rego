# METADATA
# title: S3 bucket that is not replicated to another region
# description: >-
#   When the region or the account is lost, so is what is in the bucket.
# custom:
#   id: aws/s3/bucket-without-replication
#   severity: info
#   profile: strict
#   resources: [aws_s3_bucket]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_144]
#   settings: [aws.replication.bucket_arn, aws.replication.role_arn]
#   help: >-
#     Add an `aws_s3_bucket_replication_configuration` with a role and a bucket in another region. It needs versioning on both buckets.
#   fix: Adds one, with bucket and role of the settings, where the module versions the bucket.
package trueline.rules.aws.s3.bucket_without_replication

import rego.v1

import data.trueline.lib.plan
import data.trueline.lib.stated

expect contains {
	"of": r,
	"companion": "aws_s3_bucket_replication_configuration",
	"link": {"bucket": "id"},
	"else": "its objects are in one region only",
	"unless": {"replication_configuration": {"set": true}},
	"what": "the bucket is replicated",
	"fix": replicate(r),
	"needs": array.concat(stated.needs(r, ["replication", "bucket_arn"]), stated.needs(r, ["replication", "role_arn"])),
	"effects": [{"kind": "cost", "why": "replicas and transfer between regions are paid for"}],
} if some r in plan.resources("aws_s3_bucket")

# S3 refuses replication of a bucket that is not versioned, so the versioning has to be there first.
replicate(r) := [{"ensure": "aws_s3_bucket_replication_configuration", "link": {"bucket": "id"}, "set": {
	"role": stated.value(r, ["replication", "role_arn"]),
	"rule[0].id": "replicate-all",
	"rule[0].status": "Enabled",
	"rule[0].destination[0].bucket": stated.value(r, ["replication", "bucket_arn"]),
	"depends_on": {"hcl": sprintf("[%s]", [versioning[0]])},
}}] if {
	versioning := [sprintf("%s.%s", [c.type, c.name]) |
		some c in plan.companions(r, "aws_s3_bucket_versioning", "bucket")
		c.values.versioning_configuration[0].status == "Enabled"
	]
	count(versioning) > 0
}

default replicate(_) := []
