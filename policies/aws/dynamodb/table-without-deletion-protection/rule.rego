# METADATA
# title: DynamoDB table without deletion protection
# description: >-
#   A mistaken `terraform destroy`, a renamed resource or one call of the API deletes the table with all its items. With protection it
#   has to be switched off first, which is a step that somebody sees.
# custom:
#   id: aws/dynamodb/table-without-deletion-protection
#   severity: medium
#   profile: baseline
#   resources: [aws_dynamodb_table]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   help: Set `deletion_protection_enabled = true`.
#   fix: Sets `deletion_protection_enabled`, which changes nothing about how the table works.
package trueline.rules.aws.dynamodb.table_without_deletion_protection

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "deletion_protection_enabled",
	"equals": true,
	"else": "one wrong command deletes this table",
} if some r in plan.resources("aws_dynamodb_table")
