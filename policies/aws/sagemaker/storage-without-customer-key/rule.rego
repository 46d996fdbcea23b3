# METADATA
# title: SageMaker storage encrypted without a customer-managed key
# description: >-
#   Notebooks and shared files are encrypted with a key that AWS manages: its policy can't be changed, and access can't be cut by
#   disabling it.
# custom:
#   id: aws/sagemaker/storage-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_sagemaker_notebook_instance, aws_sagemaker_domain]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_22, CKV_AWS_187]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `kms_key_id`.
#   fix: Sets `kms_key_id` to the organization's key. Unsafe on what exists, which would be replaced.
package trueline.rules.aws.sagemaker.storage_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "kms_key_id",
	"set": true,
	"else": "its storage is encrypted with the key that AWS manages",
	"fix": kms.set(r, "kms_key_id"),
	"needs": kms.needs(r),
	"effects": [kms.cost, {"kind": "replaces", "why": "the key can't be changed afterwards: it would be replaced by an empty one"}],
} if {
	some type in ["aws_sagemaker_notebook_instance", "aws_sagemaker_domain"]
	some r in plan.resources(type)
}
