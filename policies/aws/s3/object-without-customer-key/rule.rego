# METADATA
# title: S3 object encrypted without a customer-managed key
# description: >-
#   The object is encrypted with a key that S3 or AWS manages, so that no permission on a key stands between it and whoever may read
#   the bucket.
# custom:
#   id: aws/s3/object-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_s3_object, aws_s3_bucket_object]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_186]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `kms_key_id`, or let the bucket's default encryption do it and waive this rule.
#   fix: >-
#     Sets `kms_key_id` to the organization's key. Unsafe: readers need permission for the key.
package trueline.rules.aws.s3.object_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "kms_key_id",
	"set": true,
	"else": "the object is encrypted as its bucket says, or with a key that S3 manages",
	"fix": kms.set(r, "kms_key_id"),
	"needs": kms.needs(r),
	"effects": [kms.behaviour("whoever reads the object needs permission for the key")],
} if {
	some type in ["aws_s3_object", "aws_s3_bucket_object"]
	some r in plan.resources(type)
}
