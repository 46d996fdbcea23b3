# METADATA
# title: RDS instance without IAM authentication
# description: >-
#   People and programs log in with passwords of the database's own, which are shared, seldom changed and not seen in CloudTrail. With
#   IAM they use short-lived tokens of their own identity.
# custom:
#   id: aws/rds/instance-without-iam-authentication
#   severity: low
#   profile: strict
#   resources: [aws_db_instance]
#   controls:
#     soc2: [CC6.1, CC6.2]
#     nist-800-53-r5: [IA-2, IA-5]
#     pci-dss-4.0: ['8.3.2']
#     hipaa: ['164.312(d)']
#     iso-27001-2022: [A.8.5]
#   aliases: [CKV_AWS_161, AVD-AWS-0176, AWS-0176]
#   help: Set `iam_database_authentication_enabled = true`; passwords keep working until they are taken away.
#   fix: Sets `iam_database_authentication_enabled`.
package trueline.rules.aws.rds.instance_without_iam_authentication

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "iam_database_authentication_enabled",
	"equals": true,
	"else": "people and programs can log in with passwords only",
	"when": {"engine": {"in": ["mysql", "postgres", "mariadb"]}},
} if some r in plan.resources("aws_db_instance")
