# METADATA
# title: ElastiCache cluster in the default subnet group
# description: >-
#   Without a subnet group of its own the cache lands in the default VPC, whose subnets are public and which other systems share.
# custom:
#   id: aws/elasticache/cluster-in-default-subnet-group
#   severity: medium
#   profile: strict
#   resources: [aws_elasticache_cluster]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_323]
#   help: >-
#     Make an `aws_elasticache_subnet_group` of private subnets and name it in `subnet_group_name`; this replaces an existing cluster.
package trueline.rules.aws.elasticache.cluster_in_default_subnet_group

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "subnet_group_name",
	"set": true,
	"else": "the cache is placed in the default VPC",
	"unless": {"replication_group_id": {"set": true}},
	"fix": [],
} if some r in plan.resources("aws_elasticache_cluster")
