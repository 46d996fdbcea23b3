# How rules look at resources of a plan: known, unknown and unset values.
package trueline.lib.plan

import rego.v1

# All resources of a type, sorted by address.
resources(type) := object.get(data.trueline.resources, type, [])

# The value is given: known and not empty, or a reference to something that has one once it exists.
given(_, _, value) if {
	value != null
	value != ""
}

given(r, route, _) if reference(r.unknown[route])

# An unknown that is the id or ARN of a resource: it has a value, whatever that will be.
reference(unknown) if unknown.reason == "computed"

reference(unknown) if unknown.reason == "plan"

reference(unknown) if {
	unknown.reason == "data"
	some ref in unknown.refers
	regex.match(`(^|\.)data\.aws_kms_(key|alias)\.`, ref)
}

# Why it can't be said whether a key or ARN is given.
open_reference(r, route) := unknown if {
	unknown := r.unknown[route]
	not reference(unknown)
}

# `true`, `false`, `unset` or `unknown`, for an attribute that is a truth value (launch templates hold it as text). A `false`
# that the provider fills in is unset: nobody wrote it.
truth(_, _, value) := "true" if value in {true, "true"}

truth(r, route, value) := "false" if {
	value in {false, "false"}
	not filled_in(r, route)
}

truth(r, route, value) := "unset" if {
	value in {false, "false"}
	filled_in(r, route)
}

truth(r, route, value) := "unset" if {
	value in {null, ""}
	not r.unknown[route]
}

truth(r, route, value) := "unknown" if {
	value in {null, ""}
	r.unknown[route]
}

filled_in(r, route) if route in object.get(r, "defaults", [])

# Words for an attribute that is not true.
not_true(name, "false") := sprintf("`%s` is false", [name])

not_true(name, "unset") := sprintf("`%s` is not set", [name])

# The blocks of a type, each with its route; none if there are none or if they are unknown.
blocks(r, name) := [{"route": sprintf("%s[%d]", [name, i]), "body": body} |
	some i, body in elements(r.values, name)
	is_object(body)
]

# The elements of a list; none if it is not there or not known.
elements(holder, name) := holder[name] if is_array(holder[name])

default elements(_, _) := []

# There is no block of this kind, for certain.
without_blocks(r, name) if {
	count(elements(r.values, name)) == 0
	not r.unknown[name]
}

# What is said where a verdict hangs on something unknown.
undecided(r, route, what) := {
	"address": r.address,
	"route": route,
	"msg": sprintf("whether %s can't be decided: %s", [what, r.unknown[route].why]),
	"why": r.unknown[route].why,
}

# Those who refer to a resource by an attribute of theirs, e.g. companions by `bucket`.
referring(address, type, route) := [link |
	some link in object.get(data.trueline.backlinks, address, [])
	link.type == type
	link.route == route
]

# The resources of a type whose attribute leads to this one, by reference or by the same known name, and that exist
# wherever this one does.
companions(r, type, route) := [c |
	some c in resources(type)
	leads_to(c, route, r)
	stands_with(c, r)
]

leads_to(c, route, r) if {
	some link in object.get(data.trueline.links, c.address, [])
	link.route == route
	link.to == r.address
	link.certain
}

leads_to(c, route, r) if {
	name := c.values[route]
	is_string(name)
	name in {r.values[route], object.get(r.values, "id", null)}
	not linked(c, route)
	c.region == r.region
}

linked(c, route) if {
	some link in object.get(data.trueline.links, c.address, [])
	link.route == route
}

# It exists wherever the other one does: whatever decides on it decides on the other one too.
stands_with(c, r) if {
	every condition in object.get(c, "conditions", []) {
		condition.id in {other.id | some other in object.get(r, "conditions", [])}
	}
}

# Why it can't be said whether it exists beside the other one.
existence_hangs_on(c, r) := concat("; ", {condition.why |
	some condition in object.get(c, "conditions", [])
	not condition.id in {other.id | some other in object.get(r, "conditions", [])}
})

# Companions of which nobody can say whether they belong to this resource, or whether they exist.
possible_companions(r, type, route) := [c |
	some c in resources(type)
	possible(c, route, r)
]

possible(c, route, r) if {
	leads_to(c, route, r)
	not stands_with(c, r)
}

possible(c, route, r) if {
	not leads_to(c, route, r)
	could_lead_to(c, route, r)
}

# Why it can't be said whether a companion serves this resource.
serves_perhaps(c, route, r) := sprintf("whether `%s` exists can't be decided: %s", [c.address, existence_hangs_on(c, r)]) if {
	leads_to(c, route, r)
}

serves_perhaps(c, route, r) := sprintf("the `%s` of `%s` is not known", [route, c.address]) if not leads_to(c, route, r)

could_lead_to(c, route, r) if {
	some link in object.get(data.trueline.links, c.address, [])
	link.route == route
	link.to == r.address
	not link.certain
}

could_lead_to(c, route, r) if {
	some link in object.get(data.trueline.links, c.address, [])
	link.route == route
	link.type == r.type
	not link.certain
	contains(link.to, "[*]")
	link.to != r.address
	not link.to in {other.address | some other in resources(link.type)}
}

could_lead_to(c, route, _) if {
	unknown := c.unknown[route]
	not linked(c, route)
	unknown.reason != "computed"
}

# `[settings]`, the profile and `[provision]`.
default settings := {}

settings := data.trueline.settings

strict if settings.profile == "strict"

# A parameter that `[rules]` gives this rule.
param(rule, name, otherwise) := object.get(data.trueline.params, [rule, name], otherwise)

# One step of a route: `.name`, or `["a name"]` where the name is no plain one.
step(name) := sprintf(".%s", [name]) if regex.match(`^[A-Za-z_][A-Za-z0-9_-]*$`, name)

step(name) := sprintf("[\"%s\"]", [replace(replace(name, `\`, `\\`), `"`, `\"`)]) if {
	not regex.match(`^[A-Za-z_][A-Za-z0-9_-]*$`, name)
}

# Names in backticks, separated by commas; at most `most` of them.
listed(names, most) := quoted(names) if count(names) <= most

listed(names, most) := sprintf("%s and %d more", [quoted(array.slice(names, 0, most)), count(names) - most]) if {
	count(names) > most
}

quoted(names) := concat(", ", [sprintf("`%s`", [n]) | some n in names])
