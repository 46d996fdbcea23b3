# METADATA
# title: RDS instance with a public address
# description: >-
#   The database gets an address on the internet, so that nothing but a security group and a password stands between its data and
#   everybody.
# custom:
#   id: aws/rds/public-instance
#   severity: high
#   profile: baseline
#   resources: [aws_db_instance, aws_rds_cluster_instance]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     cis-aws-3.0: ['2.3.3']
#     cis-aws-5.0: ['2.2.3']
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV_AWS_17, AVD-AWS-0180, AWS-0180]
#   help: >-
#     Set `publicly_accessible = false`, and reach the database through a VPN, a bastion host or the application's own network.
#   fix: Sets `publicly_accessible = false`. Unsafe, since clients outside of the VPC lose their way to it.
package trueline.rules.aws.rds.public_instance

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "publicly_accessible",
	"equals": false, "or_unset": true,
	"else": "the database has an address on the internet",
	"effects": [{"kind": "behaviour", "why": "clients outside of the VPC can't reach the database any more"}],
} if {
	some type in ["aws_db_instance", "aws_rds_cluster_instance"]
	some r in plan.resources(type)
}
