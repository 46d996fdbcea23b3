# Statements that deny what another one of the same document allows.
package trueline.lib.denials

import rego.v1

import data.trueline.lib.callers
import data.trueline.lib.conditions
import data.trueline.lib.iam
import data.trueline.lib.patterns

# Who is left of everybody when what denies has had its say: `narrow`, `open` or `unknown`.
left(allow) := "narrow" if closed(allow, {"narrow"}, {"covers"})

left(allow) := "unknown" if {
	not closed(allow, {"narrow"}, {"covers"})
	closed(allow, {"narrow", "unknown"}, {"covers", "may cover"})
}

default left(_) := "open"

# For each action on each resource something denies.
closed(allow, verdicts, how) if {
	denials := against_everybody(allow)
	every action in actions(allow.body) {
		every resource in resources(allow.body) {
			some denial in denials
			conditions.left_by(denial) in verdicts
			covers_action(denial, action) in how
			covers_resource(denial, resource) in how
		}
	}
}

against_everybody(allow) := [body |
	some statement in iam.statements(allow.resource.documents[allow.document])
	body := iam.completed(statement.body)
	body.Effect == "Deny"
	everybody(body)
]

everybody(body) if body.Principal == "*"

everybody(body) if {
	is_object(body.Principal)
	some kind in ["AWS", "*"]
	some item in iam.items(body.Principal, kind)
	item.value == "*"
}

# Everybody but those who are named.
everybody(body) if {
	iam.has(body, "NotPrincipal")
	is_object(body.NotPrincipal)
	not iam.is_unknown(body.NotPrincipal)
	every kind, _ in body.NotPrincipal {
		every item in iam.items(body.NotPrincipal, kind) {
			names_somebody(item.value)
		}
	}
}

names_somebody(value) if {
	is_string(value)
	not patterns.has_wildcard(value)
}

names_somebody(value) if callers.sure(value)

# What is allowed; what is left open counts as everything.
actions(body) := [action |
	some item in iam.items(body, "Action")
	action := {true: item.value, false: "*"}[is_string(item.value)]
] if {
	"Action" in object.keys(body)
	not iam.has(body, "NotAction")
}

actions(body) := ["*"] if iam.has(body, "NotAction")

actions(body) := ["*"] if {
	not "Action" in object.keys(body)
	not "NotAction" in object.keys(body)
}

resources(body) := [item.value | some item in iam.items(body, "Resource")] if {
	"Resource" in object.keys(body)
	not iam.has(body, "NotResource")
}

resources(body) := ["*"] if iam.has(body, "NotResource")

resources(body) := [null] if {
	not "Resource" in object.keys(body)
	not "NotResource" in object.keys(body)
}

covers_action(denial, action) := callers.first(
	["covers", "may cover", "does not"],
	{how | some item in iam.items(denial, "Action"); how := action_in(item.value, action)},
	"does not",
) if {
	not iam.has(denial, "NotAction")
}

covers_action(denial, action) := callers.first(
	["does not", "may cover", "covers"],
	{how | some item in iam.items(denial, "NotAction"); how := action_apart(item.value, action)},
	"covers",
) if {
	iam.has(denial, "NotAction")
}

action_in(denied, action) := "covers" if patterns.matches(lower(denied), lower(action))

action_in(denied, _) := "may cover" if not is_string(denied)

default action_in(_, _) := "does not"

action_apart(excepted, action) := "covers" if patterns.apart(lower(excepted), lower(action))

action_apart(excepted, _) := "may cover" if not is_string(excepted)

default action_apart(_, _) := "does not"

covers_resource(denial, resource) := callers.first(
	["covers", "may cover", "does not"],
	{how | some item in iam.items(denial, "Resource"); how := covers(item.value, resource)},
	"does not",
) if {
	"Resource" in object.keys(denial)
	not iam.has(denial, "NotResource")
}

covers_resource(denial, _) := "may cover" if iam.has(denial, "NotResource")

covers_resource(denial, _) := "covers" if {
	not "Resource" in object.keys(denial)
	not "NotResource" in object.keys(denial)
}

covers(denied, allowed) := "covers" if surely_covers(denied, allowed)

covers(denied, allowed) := "may cover" if {
	not surely_covers(denied, allowed)
	may_cover(denied, allowed)
}

default covers(_, _) := "does not"

surely_covers(denied, _) if {
	is_string(denied)
	patterns.only_wild(denied)
}

surely_covers(denied, allowed) if {
	is_string(denied)
	is_string(allowed)
	patterns.matches(denied, allowed)
}

# The same reference with the same text around it; what follows may be a pattern.
surely_covers(denied, allowed) if {
	is_object(denied)
	is_object(allowed)
	denied.alone
	allowed.alone
	count(denied.refers) > 0
	denied.refers == allowed.refers
	denied["trueline:unknown"] == allowed["trueline:unknown"]
	callers.piece(denied, "prefix") == callers.piece(allowed, "prefix")
	patterns.matches(callers.piece(denied, "suffix"), callers.piece(allowed, "suffix"))
}

# Something is not known, or a `*` that in the policy of one resource means no more than that resource.
may_cover(denied, _) if is_object(denied)

may_cover(_, allowed) if is_object(allowed)

may_cover(_, allowed) if {
	is_string(allowed)
	patterns.only_wild(allowed)
}
