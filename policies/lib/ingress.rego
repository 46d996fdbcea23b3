# Who may come in from anywhere, whatever resource says it: blocks of a security group, and rules of their own.
package trueline.lib.ingress

import rego.v1

import data.trueline.lib.plan

# Expectations, without what follows, that nobody from anywhere reaches a port. `-1` means every protocol.
from_anywhere(port) := {asked |
	some way in ways
	some protocol in [{"protocol": way.protocol, "all": true}, {"protocol": way.protocol, "all": false}]
	some r in plan.resources(way.type)
	asked := object.union(way.asked, {
		"of": r,
		"what": sprintf("port %d is closed to the internet", [port]),
		"when": object.union(way.when, reaches(protocol, port)),
	})
}

# The same for every port at once.
everything_from_anywhere := {asked |
	some way in ways
	some when in [
		{way.protocol: {"in": ["-1", "all"]}},
		{way.protocol: {"in": ["tcp", "udp", "6", "17"]}, "from_port": {"at_most": 1}, "to_port": {"at_least": 65535}},
	]
	some r in plan.resources(way.type)
	asked := object.union(way.asked, {
		"of": r,
		"what": "ports are closed to the internet",
		"when": object.union(way.when, when),
	})
}

# The ports of a rule that names a protocol, and every port of one that names none.
reaches(protocol, _) := {protocol.protocol: {"in": ["-1", "all"]}} if protocol.all

reaches(protocol, port) := {
	protocol.protocol: {"in": ["tcp", "6"]},
	"from_port": {"at_most": port},
	"to_port": {"at_least": port},
} if {
	not protocol.all
}

# Each resource that lets somebody in, where it names the networks, and when it is about ways in.
ways := [
	{"type": "aws_security_group", "protocol": "protocol", "when": {}, "asked": {"each": "ingress", "route": "cidr_blocks", "never": anywhere}},
	{"type": "aws_security_group", "protocol": "protocol", "when": {}, "asked": {"each": "ingress", "route": "ipv6_cidr_blocks", "never": anywhere6}},
	{"type": "aws_security_group_rule", "protocol": "protocol", "when": {"type": "ingress"}, "asked": {"route": "cidr_blocks", "never": anywhere}},
	{"type": "aws_security_group_rule", "protocol": "protocol", "when": {"type": "ingress"}, "asked": {"route": "ipv6_cidr_blocks", "never": anywhere6}},
	{"type": "aws_vpc_security_group_ingress_rule", "protocol": "ip_protocol", "when": {}, "asked": {"route": "cidr_ipv4", "never": anywhere}},
	{"type": "aws_vpc_security_group_ingress_rule", "protocol": "ip_protocol", "when": {}, "asked": {"route": "cidr_ipv6", "never": anywhere6}},
]

# Every address: also in halves.
anywhere := `^(0\.0\.0\.0/[01]|128\.0\.0\.0/1)$`

anywhere6 := `^(::|0:0:0:0:0:0:0:0|8000::)/[01]$`

# Lets the organization's own networks in instead, of the same family.
admins(asked) := {
	"value": [cidr | some cidr in plan.settings.aws.admin_cidrs; contains(cidr, ":") == contains(asked.route, "v6")],
	"effects": [{"kind": "behaviour", "why": "whoever comes from another network is shut out"}],
} if {
	is_array(plan.settings.aws.admin_cidrs)
}

admins(_) := {"fix": [], "needs": ["settings.aws.admin_cidrs"]} if not is_array(plan.settings.aws.admin_cidrs)
