# What the roles of the module may do that a resource takes.
package trueline.lib.roles

import rego.v1

import data.trueline.lib.iam
import data.trueline.lib.kms
import data.trueline.lib.patterns
import data.trueline.lib.plan

# Roles of the module that an attribute names.
taken(r, route) := {link.to |
	some link in object.get(data.trueline.links, r.address, [])
	link.route == route
	link.type == "aws_iam_role"
	link.certain
}

# A policy of the role allows one of these actions, or one of these managed policies is attached.
may(r, route, actions, _) if {
	some role in taken(r, route)
	some allow in iam.allows
	allow.kind == "identity"
	allow.resource.address in holders(role)
	some item in iam.items(allow.body, "Action")
	is_string(item.value)
	some action in actions
	patterns.matches(lower(item.value), action)
}

may(r, route, _, managed) if {
	some role in taken(r, route)
	some arn in attached(role)
	some name in array.concat(managed, ["AdministratorAccess"])
	endswith(arn, sprintf("/%s", [name]))
}

holders(role) := {role} | {p.address |
	some p in plan.resources("aws_iam_role_policy")
	leads(p.address, "role", role)
} | {link.to |
	some a in plan.resources("aws_iam_role_policy_attachment")
	leads(a.address, "role", role)
	some link in object.get(data.trueline.links, a.address, [])
	link.route == "policy_arn"
}

attached(role) := {a.values.policy_arn |
	some a in plan.resources("aws_iam_role_policy_attachment")
	leads(a.address, "role", role)
	is_string(a.values.policy_arn)
}

leads(from, route, to) if {
	some link in object.get(data.trueline.links, from, [])
	link.route == route
	link.to == to
}

# What may go wrong where the role is not seen to be allowed it.
effects(r, route, actions, managed, _) := [] if may(r, route, actions, managed)

effects(r, route, actions, managed, why) := [kms.behaviour(why)] if not may(r, route, actions, managed)
