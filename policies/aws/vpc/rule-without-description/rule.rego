# METADATA
# title: Security group rule without a description
# description: >-
#   Rules are kept for years, since nobody can say any more what they are for. One sentence at each of them is what a review goes by.
# custom:
#   id: aws/vpc/rule-without-description
#   severity: low
#   profile: strict
#   resources: [aws_security_group_rule, aws_vpc_security_group_ingress_rule, aws_vpc_security_group_egress_rule]
#   controls:
#     soc2: [CC7.1, CC8.1]
#     nist-800-53-r5: [CM-2, CM-6]
#     iso-27001-2022: [A.8.9]
#   aliases: [CKV_AWS_23]
#   help: Say in `description` what the rule is for.
#   fix: Describes the rule by what it lets through, such as `tcp 443 from 192.0.2.0/24`.
package trueline.rules.aws.vpc.rule_without_description

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "description",
	"set": true,
	"else": "nobody can say what this rule is for",
	"what": "the rule says what it is for",
	"value": words(r),
} if {
	some type in ["aws_security_group_rule", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"]
	some r in plan.resources(type)
}

words(r) := sprintf("%s %s %s", [ports(r.values, protocol(r.values)), way(r), others(r.values)])

protocol(v) := v.protocol

protocol(v) := v.ip_protocol

default protocol(_) := "traffic"

way(r) := "to" if endswith(r.type, "egress_rule")

way(r) := "to" if r.values.type == "egress"

default way(_) := "from"

ports(_, protocol) := "all traffic" if protocol in {"-1", "all"}

ports(v, protocol) := sprintf("%s %d", [protocol, v.from_port]) if {
	not protocol in {"-1", "all"}
	v.from_port == v.to_port
	v.from_port != null
}

ports(v, protocol) := sprintf("%s %d-%d", [protocol, v.from_port, v.to_port]) if {
	not protocol in {"-1", "all"}
	v.from_port != v.to_port
}

default ports(_, _) := "traffic"

others(v) := "anywhere" if {
	some cidr in all(v)
	cidr in {"0.0.0.0/0", "::/0"}
}

others(v) := concat(" ", array.slice(all(v), 0, 3)) if {
	count(all(v)) > 0
	every cidr in all(v) {
		not cidr in {"0.0.0.0/0", "::/0"}
	}
}

default others(_) := "another group"

all(v) := [cidr |
	some cidr in array.concat(
		array.concat(plan.elements(v, "cidr_blocks"), plan.elements(v, "ipv6_cidr_blocks")),
		[object.get(v, "cidr_ipv4", null), object.get(v, "cidr_ipv6", null)],
	)
	is_string(cidr)
]
