# METADATA
# title: Image recipe without a customer-managed key
# description: >-
#   Images are encrypted with the key that AWS manages for EBS: they can't be shared with another account, and access can't be cut by
#   disabling the key.
# custom:
#   id: aws/imagebuilder/recipe-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_imagebuilder_image_recipe]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_200]
#   help: >-
#     Name the organization's key in `kms_key_id` of each `ebs` block. A recipe that exists can't be changed: raise its version.
#   after: [aws/imagebuilder/unencrypted-recipe]
package trueline.rules.aws.imagebuilder.recipe_without_customer_key

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"each": "block_device_mapping.ebs",
	"route": "kms_key_id",
	"set": true,
	"else": "images that it builds are encrypted with no key of the organization",
	"fix": [],
} if some r in plan.resources("aws_imagebuilder_image_recipe")
