# METADATA
# title: Security group that lets everything out
# description: >-
#   Whatever is behind this group may send anything anywhere: an intruder fetches tools and carries data away over any port.
# custom:
#   id: aws/vpc/everything-to-anywhere
#   severity: low
#   profile: strict
#   resources: [aws_security_group]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_382, AVD-AWS-0104, AWS-0104]
#   settings: [aws.egress]
#   help: >-
#     List what is called in `egress`: ports, and networks, prefix lists or groups; or give the organization's list in
#     `settings.aws.egress`.
#   fix: >-
#     Replaces the rule by those that the settings list. Unsafe: what is called beside them can't be reached any more.
package trueline.rules.aws.vpc.everything_to_anywhere

import rego.v1

import data.trueline.lib.plan

deny contains {
	"address": r.address,
	"route": sprintf("%s.cidr_blocks", [block.route]),
	"msg": "everything may go to anywhere: whatever is behind this group can send anything over any port",
	"fix": operations(r, block),
	"needs": needs,
	"effects": [{"kind": "behaviour", "why": "what is called beside the rules of the settings can't be reached any more"}],
} if {
	some r in plan.resources("aws_security_group")
	some block in plan.blocks(r, "egress")
	block.body.protocol in {"-1", "all"}
	some cidr in array.concat(plan.elements(block.body, "cidr_blocks"), plan.elements(block.body, "ipv6_cidr_blocks"))
	cidr in {"0.0.0.0/0", "::/0"}
}

unknown contains plan.undecided(r, route, "what goes out is limited") if {
	some r in plan.resources("aws_security_group")
	some route, _ in r.unknown
	regex.match(`^egress(\[[0-9]+\](\.(protocol|cidr_blocks|ipv6_cidr_blocks)(\[[0-9]+\])?)?)?$`, route)
	not narrow(r, route)
}

# What is not known does not matter where the rule is about some ports only.
narrow(r, route) if {
	some i, body in plan.elements(r.values, "egress")
	startswith(route, sprintf("egress[%d].", [i]))
	is_string(body.protocol)
	not body.protocol in {"-1", "all"}
}

operations(r, block) := array.concat(
	[
		{"set": sprintf("%s.from_port", [block.route]), "value": rule.from},
		{"set": sprintf("%s.to_port", [block.route]), "value": rule.to},
		{"set": sprintf("%s.protocol", [block.route]), "value": rule.protocol},
		{"set": sprintf("%s.cidr_blocks", [block.route]), "value": rule.cidrs},
	],
	[{"set": sprintf("egress[%d]", [count(plan.blocks(r, "egress")) + i - 1]), "value": {
		"description": other.description,
		"from_port": other.from,
		"to_port": other.to,
		"protocol": other.protocol,
		"cidr_blocks": other.cidrs,
	}} |
		some i, other in rules
		i > 0
	],
) if {
	rule := rules[0]
}

default operations(_, _) := []

# The organization's list, one rule a port.
rules := [{"protocol": rule.protocol, "from": port, "to": port, "cidrs": rule.cidrs, "description": object.get(rule, "description", "")} |
	some rule in plan.settings.aws.egress
	some port in rule.ports
]

needs := [] if count(rules) > 0

default needs := ["settings.aws.egress"]
