# METADATA
# title: RDS instance without automatic backups
# description: >-
#   Without automatic backups a wrong statement or a lost disk can't be undone, and the database can't be set back to a point in time.
# custom:
#   id: aws/rds/instance-without-backups
#   severity: medium
#   profile: baseline
#   resources: [aws_db_instance]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-9, CP-10]
#     hipaa: ['164.308(a)(7)(ii)(A)']
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_133, AVD-AWS-0077, AWS-0077]
#   help: Set `backup_retention_period` to the number of days that you want to be able to go back, for instance 7.
#   fix: Sets `backup_retention_period` to 7. Storage of backups up to the size of the database costs nothing.
package trueline.rules.aws.rds.instance_without_backups

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "backup_retention_period",
	"at_least": 1,
	"else": "no backup is made of this database",
	"unless": {"replicate_source_db": {"set": true}},
	"value": 7,
} if some r in plan.resources("aws_db_instance")
