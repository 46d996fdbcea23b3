# METADATA
# title: Lambda environment encrypted without a customer-managed key
# description: >-
#   Variables of the environment often hold addresses, names and tokens. They are encrypted with a key that AWS manages: everybody who
#   may read the function's configuration can read them, and access can't be cut by disabling a key.
# custom:
#   id: aws/lambda/environment-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_lambda_function]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_173]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `kms_key_arn`.
#   fix: Sets `kms_key_arn` to the organization's key.
package trueline.rules.aws.lambda.environment_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "kms_key_arn",
	"set": true,
	"else": "its environment is encrypted with the key that AWS manages",
	"when": {"environment": {"set": true}},
	"fix": kms.set(r, "kms_key_arn"),
	"needs": kms.needs(r),
	"effects": [kms.cost],
} if some r in plan.resources("aws_lambda_function")
