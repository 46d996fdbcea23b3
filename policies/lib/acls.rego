# Who may come in from anywhere by the network ACLs: their blocks, and rules of their own.
package trueline.lib.acls

import rego.v1

import data.trueline.lib.plan

# Expectations, without what follows, that nobody from anywhere reaches a port.
from_anywhere(port) := {asked |
	some type, way in {
		"aws_network_acl": {"each": "ingress", "when": {"action": "allow"}},
		"aws_network_acl_rule": {"when": {"rule_action": "allow", "egress": {"equals": false, "or_unset": true}}},
	}
	some r in plan.resources(type)
	some family in [
		{"route": "cidr_block", "never": `^0\.0\.0\.0/0$`},
		{"route": "ipv6_cidr_block", "never": `^::/0$`},
	]
	asked := object.union(object.union(way, family), {
		"of": r,
		"what": sprintf("port %d is closed to the internet", [port]),
		"when": object.union(way.when, {
			"protocol": {"in": ["tcp", "6"]},
			"from_port": {"at_most": port},
			"to_port": {"at_least": port},
		}),
	})
}

# Lets the organization's own network in instead, where it is one.
admins := {
	"value": plan.settings.aws.admin_cidrs,
	"effects": [{"kind": "behaviour", "why": "whoever comes from another network is shut out"}],
} if {
	is_array(plan.settings.aws.admin_cidrs)
}

admins := {"fix": [], "needs": ["settings.aws.admin_cidrs"]} if not is_array(plan.settings.aws.admin_cidrs)
