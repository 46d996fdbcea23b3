# METADATA
# title: SageMaker endpoint whose disks have no customer-managed key
# description: >-
#   Models and the data that they are asked with lie on the disks of the endpoint. Without a key of the organization access can't be
#   cut by disabling it.
# custom:
#   id: aws/sagemaker/endpoint-without-customer-key
#   severity: medium
#   profile: strict
#   resources: [aws_sagemaker_endpoint_configuration]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_98]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `kms_key_arn`.
#   fix: Sets `kms_key_arn` to the organization's key. Unsafe on an existing configuration, which would be replaced.
package trueline.rules.aws.sagemaker.endpoint_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "kms_key_arn",
	"set": true,
	"else": "its disks are encrypted with no key of the organization",
	"fix": kms.set(r, "kms_key_arn"),
	"needs": kms.needs(r),
	"effects": [kms.cost, {"kind": "replaces", "why": "an existing configuration can't be changed"}],
} if some r in plan.resources("aws_sagemaker_endpoint_configuration")
