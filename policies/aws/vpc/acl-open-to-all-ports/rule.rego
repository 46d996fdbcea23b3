# METADATA
# title: Network ACL rule that lets everything in
# description: >-
#   The rule lets every address reach every port of all hosts in the subnets, so that the ACL is no wall at all.
# custom:
#   id: aws/vpc/acl-open-to-all-ports
#   severity: low
#   profile: strict
#   resources: [aws_network_acl_rule]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_352]
#   help: Name the ports and networks that are meant. Answers to connections from inside need the ephemeral ports only.
package trueline.rules.aws.vpc.acl_open_to_all_ports

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "protocol",
	"not_in": ["-1", "all"],
	"else": "every address may reach every port of the subnets behind it",
	"what": "ports are closed to the internet",
	"when": {
		"egress": {"equals": false, "or_unset": true},
		"rule_action": "allow",
		"cidr_block": {"in": ["0.0.0.0/0"]},
	},
	"fix": [],
} if some r in plan.resources("aws_network_acl_rule")
