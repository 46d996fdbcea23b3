# METADATA
# title: Redshift Serverless workgroup with a public address
# description: >-
#   The data warehouse can be reached from the internet, with nothing but security groups and passwords between.
# custom:
#   id: aws/redshift/public-serverless-workgroup
#   severity: high
#   profile: baseline
#   resources: [aws_redshiftserverless_workgroup]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   help: Set `publicly_accessible = false`.
#   fix: Sets `publicly_accessible` to false. Clients outside the VPC are cut off.
package trueline.rules.aws.redshift.public_serverless_workgroup

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "publicly_accessible",
	"equals": false, "or_unset": true,
	"else": "the data warehouse can be reached from the internet",
	"effects": [{"kind": "behaviour", "why": "clients outside the VPC are cut off"}],
} if some r in plan.resources("aws_redshiftserverless_workgroup")
