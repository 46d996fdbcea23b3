# METADATA
# title: CloudTrail trail without a customer-managed key
# description: >-
#   What the trail writes is encrypted with a key of S3. Its policy can't be changed, it can't be shared with another account, and
#   access to the data can't be cut by disabling it.
# custom:
#   id: aws/cloudtrail/trail-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_cloudtrail]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_35, AVD-AWS-0015, AWS-0015]
#   settings: [aws.kms_key_arn]
#   help: Name a key in `kms_key_id` whose policy lets `cloudtrail.amazonaws.com` use it.
#   fix: >-
#     Sets `kms_key_id` to the organization's key. Unsafe always: its policy has to let CloudTrail use it.
package trueline.rules.aws.cloudtrail.trail_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "kms_key_id",
	"set": true,
	"else": "what the trail writes is encrypted with a key of S3",
	"what": "a customer-managed key is used",
	"fix": kms.set(r, "kms_key_id"),
	"needs": kms.needs(r),
	"effects": array.concat([kms.cost], [kms.behaviour("the key's policy has to let `cloudtrail.amazonaws.com` use it, or the trail can't be made")]),
} if some r in plan.resources("aws_cloudtrail")
