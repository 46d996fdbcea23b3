# METADATA
# title: Subnet that gives everything a public address
# description: >-
#   Whatever is started in this subnet gets an address on the internet, whether it was meant to or not; only its security group stands
#   between.
# custom:
#   id: aws/vpc/subnet-with-public-addresses
#   severity: medium
#   profile: baseline
#   resources: [aws_subnet]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV_AWS_130, AVD-AWS-0164, AWS-0164]
#   help: >-
#     Leave `map_public_ip_on_launch` out, and give public addresses to load balancers and NAT gateways alone. If the subnet is meant
#     to be public, say so with a waiver.
package trueline.rules.aws.vpc.subnet_with_public_addresses

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "map_public_ip_on_launch",
	"equals": false, "or_unset": true,
	"else": "whatever is started here gets an address on the internet",
	"fix": [],
} if some r in plan.resources("aws_subnet")
