# METADATA
# title: Redshift cluster with a public address
# description: >-
#   The data warehouse can be reached from the internet, with nothing but security groups and passwords between.
# custom:
#   id: aws/redshift/public-cluster
#   severity: high
#   profile: baseline
#   resources: [aws_redshift_cluster]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV_AWS_87, AVD-AWS-0085, AWS-0085]
#   help: Set `publicly_accessible = false`; before version 5 of the provider the default is true.
#   fix: Sets `publicly_accessible` to false. On an existing cluster clients outside the VPC are cut off.
package trueline.rules.aws.redshift.public_cluster

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "publicly_accessible",
	"equals": false, "stated": true,
	"else": "the data warehouse can be reached from the internet",
	"effects": existing(r),
} if some r in plan.resources("aws_redshift_cluster")

existing(r) := [{"kind": "behaviour", "why": "clients outside the VPC are cut off"}] if not r.new

default existing(_) := []
