# METADATA
# title: DynamoDB table encrypted without a customer-managed key
# description: >-
#   The table is encrypted with a key that AWS owns or manages. Its use is not recorded in this account, its policy can't be
#   changed, and access to the data can't be cut by disabling it.
# custom:
#   id: aws/dynamodb/table-without-customer-key
#   severity: medium
#   profile: strict
#   resources: [aws_dynamodb_table]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_119, AVD-AWS-0025, AWS-0025, aws-dynamodb-table-customer-key]
#   settings: [aws.kms_key_arn]
#   help: Add a `server_side_encryption` block with `enabled = true` and the organization's key in `kms_key_arn`.
#   fix: >-
#     Sets both. Unsafe on an existing table and where roles of the module work with the table that are not seen to have
#     permission for the key.
package trueline.rules.aws.dynamodb.table_without_customer_key

import rego.v1

import data.trueline.lib.access
import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains object.union(common(r), {
	"route": "server_side_encryption.enabled",
	"equals": true,
	"else": "the table is encrypted with a key that AWS owns",
}) if some r in plan.resources("aws_dynamodb_table")

expect contains object.union(common(r), {
	"route": "server_side_encryption.kms_key_arn",
	"set": true,
	"else": "the table is encrypted with the key that AWS manages",
	"when": {"server_side_encryption.enabled": true},
}) if some r in plan.resources("aws_dynamodb_table")

common(r) := {
	"of": r,
	"what": "a customer-managed key is used",
	"fix": operations(r),
	"needs": kms.needs(r),
	"effects": array.concat(array.concat([kms.cost], access.key_effects(r)), replica_effects(r)),
}

operations(r) := [
	{"set": "server_side_encryption[0].enabled", "value": true},
	{"set": "server_side_encryption[0].kms_key_arn", "value": kms.key(r)},
]

default operations(_) := []

replica_effects(r) := [kms.behaviour("every replica needs a key of its own region")] if count(plan.elements(r.values, "replica")) > 0

default replica_effects(_) := []
