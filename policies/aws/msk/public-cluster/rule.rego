# METADATA
# title: MSK cluster whose brokers have public addresses
# description: >-
#   The brokers can be reached from the internet, with nothing but security groups and the authentication of clients between.
# custom:
#   id: aws/msk/public-cluster
#   severity: high
#   profile: baseline
#   resources: [aws_msk_cluster]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV_AWS_291]
#   help: Remove the `public_access` block, and connect by peering, a VPN or multi-VPC connectivity.
#   fix: Sets the type of `public_access` to `DISABLED`. Clients outside the VPC are cut off.
package trueline.rules.aws.msk.public_cluster

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "broker_node_group_info.connectivity_info.public_access.type",
	"not_in": ["SERVICE_PROVIDED_EIPS"],
	"else": "the brokers can be reached from the internet",
	"value": "DISABLED",
	"effects": [{"kind": "behaviour", "why": "clients outside the VPC are cut off"}],
} if some r in plan.resources("aws_msk_cluster")
