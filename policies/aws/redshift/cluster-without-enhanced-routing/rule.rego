# METADATA
# title: Redshift cluster whose traffic leaves the VPC
# description: >-
#   `COPY` and `UNLOAD` go over the internet past security groups, network ACLs, endpoints and flow logs of the VPC, so that nothing
#   there can hold or record them.
# custom:
#   id: aws/redshift/cluster-without-enhanced-routing
#   severity: medium
#   profile: strict
#   resources: [aws_redshift_cluster]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_321]
#   help: Set `enhanced_vpc_routing = true`, with an endpoint for S3 in the VPC.
#   fix: >-
#     Sets `enhanced_vpc_routing`. Loading needs a way from the VPC to S3 and other sources: an endpoint or a NAT gateway.
package trueline.rules.aws.redshift.cluster_without_enhanced_routing

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "enhanced_vpc_routing",
	"equals": true,
	"else": "data that is loaded and unloaded goes past the rules of the VPC",
	"effects": [{"kind": "behaviour", "why": "loading and unloading fail without a way from the VPC to S3"}],
} if some r in plan.resources("aws_redshift_cluster")
