# What a rule of a security group lets through, in words: `tcp 443 from 192.0.2.0/24`.
package trueline.lib.descriptions

import rego.v1

import data.trueline.lib.plan

# Of a rule with these values; `way` is `from` or `to`.
of(v, way) := sprintf("%s %s %s", [ports(v), way, others(v)])

protocol(v) := v.protocol if is_string(v.protocol)

protocol(v) := v.ip_protocol if is_string(v.ip_protocol)

default protocol(_) := ""

ports(v) := "all traffic" if protocol(v) in {"-1", "all"}

ports(v) := sprintf("%s %d", [protocol(v), v.from_port]) if {
	some_ports(v)
	v.from_port == v.to_port
}

ports(v) := sprintf("%s %d-%d", [protocol(v), v.from_port, v.to_port]) if {
	some_ports(v)
	v.from_port != v.to_port
}

default ports(_) := "traffic"

some_ports(v) if {
	not protocol(v) in {"", "-1", "all"}
	is_number(v.from_port)
	is_number(v.to_port)
}

others(v) := "anywhere" if is_open(v)

others(v) := concat(" ", array.slice(networks(v), 0, 3)) if {
	not is_open(v)
	count(networks(v)) > 0
}

others(v) := "members of this group" if {
	count(networks(v)) == 0
	v.self == true
}

default others(_) := "other groups"

is_open(v) if {
	some cidr in networks(v)
	cidr in {"0.0.0.0/0", "::/0"}
}

networks(v) := [cidr |
	some cidr in array.concat(
		array.concat(plan.elements(v, "cidr_blocks"), plan.elements(v, "ipv6_cidr_blocks")),
		[object.get(v, "cidr_ipv4", null), object.get(v, "cidr_ipv6", null)],
	)
	is_string(cidr)
]
