# METADATA
# title: DynamoDB table without point-in-time recovery
# description: >-
#   A faulty release or a mistaken delete writes over items at once, and nothing older is kept. With it, the table can be restored to
#   any second of the last 35 days.
# custom:
#   id: aws/dynamodb/table-without-point-in-time-recovery
#   severity: medium
#   profile: strict
#   resources: [aws_dynamodb_table]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-9, CP-10]
#     hipaa: ['164.308(a)(7)(ii)(A)']
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_28, AVD-AWS-0024, AWS-0024]
#   help: Set `enabled = true` in `point_in_time_recovery`.
#   fix: Adds a `point_in_time_recovery` block. The copy is paid for by its size.
package trueline.rules.aws.dynamodb.table_without_point_in_time_recovery

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "point_in_time_recovery.enabled",
	"equals": true,
	"else": "what is deleted or overwritten by mistake can't be brought back",
	"effects": [{"kind": "cost", "why": "the copy is paid for by the size of the table"}],
} if some r in plan.resources("aws_dynamodb_table")
