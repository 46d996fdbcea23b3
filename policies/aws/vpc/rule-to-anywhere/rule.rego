# METADATA
# title: Security group rule that lets everything out
# description: >-
#   Whatever is behind this group may send anything anywhere: an intruder fetches tools and carries data away over any port.
# custom:
#   id: aws/vpc/rule-to-anywhere
#   severity: low
#   profile: strict
#   resources: [aws_vpc_security_group_egress_rule, aws_security_group_rule]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_382]
#   help: >-
#     Name what is called: ports, and networks, prefix lists or groups, each with a rule of its own.
package trueline.rules.aws.vpc.rule_to_anywhere

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": route,
	"never": `^(0\.0\.0\.0|::)/0$`,
	"else": "whatever is behind this group can send anything over any port",
	"what": "what goes out is limited",
	"when": object.union(way.when, {way.protocol: {"in": ["-1", "all"]}}),
	"fix": [],
} if {
	some type, way in ways
	some route in way.routes
	some r in plan.resources(type)
}

ways := {
	"aws_security_group_rule": {"protocol": "protocol", "routes": ["cidr_blocks", "ipv6_cidr_blocks"], "when": {"type": "egress"}},
	"aws_vpc_security_group_egress_rule": {"protocol": "ip_protocol", "routes": ["cidr_ipv4", "cidr_ipv6"], "when": {}},
}
