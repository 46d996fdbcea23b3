# METADATA
# title: RDS instance without deletion protection
# description: >-
#   A mistaken `terraform destroy`, a renamed resource or one call of the API deletes the database at once. With protection it has to
#   be switched off first, which is a step that somebody sees.
# custom:
#   id: aws/rds/instance-without-deletion-protection
#   severity: medium
#   profile: baseline
#   resources: [aws_db_instance]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_293, AVD-AWS-0177, AWS-0177]
#   help: Set `deletion_protection = true`.
#   fix: Sets `deletion_protection`, which changes nothing about how the database runs.
package trueline.rules.aws.rds.instance_without_deletion_protection

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "deletion_protection",
	"equals": true,
	"else": "one wrong command deletes this database",
} if some r in plan.resources("aws_db_instance")
