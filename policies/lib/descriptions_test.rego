package trueline.lib.descriptions_test

import rego.v1

import data.trueline.lib.descriptions

said := [
	[{"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_blocks": ["192.0.2.0/24"]}, "tcp 443 from 192.0.2.0/24"],
	[{"protocol": "udp", "from_port": 1, "to_port": 9, "cidr_blocks": []}, "udp 1-9 from other groups"],
	[{"protocol": "-1", "from_port": 0, "to_port": 0, "self": true}, "all traffic from members of this group"],
	[{"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["192.0.2.0/24"], "ipv6_cidr_blocks": ["::/0"]}, "tcp 22 from anywhere"],
	[{"ip_protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_ipv4": "192.0.2.0/24", "cidr_ipv6": null}, "tcp 22 from 192.0.2.0/24"],
	[{"ip_protocol": "tcp", "from_port": null, "to_port": null, "cidr_ipv6": "::/0"}, "traffic from anywhere"],
	[{"protocol": null, "from_port": 1, "to_port": 1, "cidr_blocks": [null]}, "traffic from other groups"],
]

test_a_rule_is_told_by_what_it_lets_through if {
	every pair in said {
		descriptions.of(pair[0], "from") == pair[1]
	}
}
