# METADATA
# title: RDS snapshot that everybody may restore
# description: >-
#   A snapshot that is shared with `all` can be restored by every AWS account, and with it all the data of the database.
# custom:
#   id: aws/rds/public-snapshot
#   severity: critical
#   profile: baseline
#   resources: [aws_db_snapshot]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV_AWS_302]
#   help: Name the accounts that are meant in `shared_accounts`.
package trueline.rules.aws.rds.public_snapshot

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "shared_accounts",
	"never": "^all$",
	"else": "every AWS account may restore this snapshot",
	"fix": [],
} if some r in plan.resources("aws_db_snapshot")
