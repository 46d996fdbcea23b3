# METADATA
# title: Copy of an image encrypted without a customer-managed key
# description: >-
#   The image is encrypted with the key that AWS manages for EBS: it can't be shared with another account, and access can't be cut by
#   disabling the key.
# custom:
#   id: aws/ec2/image-copy-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_ami_copy]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_236]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `kms_key_id`.
#   after: [aws/ec2/unencrypted-image-copy]
#   fix: Sets `kms_key_id` to the organization's key. Unsafe on an existing copy, which would be replaced.
package trueline.rules.aws.ec2.image_copy_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "kms_key_id",
	"set": true,
	"else": "the image is encrypted with the account's default key",
	"when": {"encrypted": true},
	"fix": kms.set(r, "kms_key_id"),
	"needs": kms.needs(r),
	"effects": [kms.cost, {"kind": "replaces", "why": "the key of an existing copy can't be changed"}],
} if some r in plan.resources("aws_ami_copy")
