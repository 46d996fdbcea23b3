# METADATA
# title: Redshift cluster in no subnet group
# description: >-
#   Without a subnet group the cluster lands in the default VPC, whose subnets are public and which other systems share.
# custom:
#   id: aws/redshift/cluster-outside-vpc
#   severity: medium
#   profile: strict
#   resources: [aws_redshift_cluster]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_154, AVD-AWS-0127, AWS-0127]
#   help: >-
#     Make an `aws_redshift_subnet_group` of private subnets and name it in `cluster_subnet_group_name`; this replaces an existing
#     cluster.
package trueline.rules.aws.redshift.cluster_outside_vpc

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "cluster_subnet_group_name",
	"set": true,
	"else": "the cluster is placed in the default VPC",
	"fix": [],
} if some r in plan.resources("aws_redshift_cluster")
