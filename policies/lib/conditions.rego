# What the condition of a statement says of who is meant.
#
# A test is one operator with one key and its values. It is `narrow` if only those pass whom it names, `open` if anybody can
# pass, else `unknown`. IAM wants all tests to hold, and of a test's values one.
package trueline.lib.conditions

import rego.v1

import data.trueline.lib.arns
import data.trueline.lib.callers

# Who passes the condition of a statement that allows.
who(body) := callers.first(["narrow", "unknown", "open"], {v | some test in tests(body); v := passing(test, body)}, "open")

# Who is left by a statement that denies: those for whom one of its tests does not hold.
left_by(body) := callers.first(["open", "unknown", "narrow"], {v | some test in tests(body); v := failing(test)}, "narrow")

# Why it can't be said.
why(body) := reasons[0] if {
	reasons := [reason | some test in tests(body); some reason in reasons_of(test)]
	count(reasons) > 0
}

default why(_) := "what its condition says of who is meant is not known"

reasons_of(test) := [test.why] if test.why

reasons_of(test) := [value.why | some value in test.values; callers.is_unknown(value)] if test.values

# All tests of a statement; one that can't be read says why.
tests(body) := [{"why": body.Condition.why}] if callers.is_unknown(body.Condition)

tests(body) := array.concat(
	[test |
		some name, keys in body.Condition
		is_object(keys)
		not callers.is_unknown(keys)
		some key, values in keys
		test := object.union(operator(name), {"key": lower(key), "values": listed(values)})
	],
	[{"why": keys.why} |
		some keys in body.Condition
		callers.is_unknown(keys)
	],
) if {
	is_object(body.Condition)
	not callers.is_unknown(body.Condition)
}

default tests(_) := []

listed(values) := values if is_array(values)

listed(values) := [values] if not is_array(values)

# An operator taken apart: `ForAllValues:StringNotLikeIfExists`.
operator(name) := {"how": known.how, "negated": known.negated, "set": found[1], "if_exists": found[3] != ""} if {
	some found in regex.find_all_string_submatch_n(`^(foranyvalue:|forallvalues:)?(.*?)(ifexists)?$`, lower(name), 1)
	known := operators[found[2]]
}

default operator(_) := {"why": "its condition has an operator that IAM does not know"}

operators := object.union_n([
	{name: {"how": "exact", "negated": false} | some name in ["stringequals", "stringequalsignorecase", "bool"]},
	{name: {"how": "exact", "negated": true} | some name in ["stringnotequals", "stringnotequalsignorecase"]},
	{name: {"how": "like", "negated": false} | some name in ["stringlike", "arnequals", "arnlike"]},
	{name: {"how": "like", "negated": true} | some name in ["stringnotlike", "arnnotequals", "arnnotlike"]},
	{"ipaddress": {"how": "network", "negated": false}, "notipaddress": {"how": "network", "negated": true}},
	{"null": {"how": "null", "negated": false}},
	{name: {"how": "measure", "negated": false} |
		some kind in ["numeric", "date"]
		some relation in ["equals", "notequals", "lessthan", "lessthanequals", "greaterthan", "greaterthanequals"]
		name := concat("", [kind, relation])
	},
	{"binaryequals": {"how": "measure", "negated": false}},
])

naming := {"exact", "like", "network"}

# Who passes one test. A negated one lets through everybody but those it names, and so does one that a request without the
# key passes.
passing(test, _) := "unknown" if test.why

passing(test, body) := callers.named(test.key, test.how, test.values) if {
	test.how in naming
	not test.negated
	needs_key(test, body)
}

# Only services have such a key.
passing(test, _) := "narrow" if {
	test.how == "null"
	callers.only_services[test.key]
	every value in test.values {
		value in {"false", false}
	}
}

default passing(_, _) := "open"

# A request without the key does not pass.
needs_key(test, _) if {
	not test.if_exists
	test.set != "forallvalues:"
}

needs_key(test, _) if callers.always_there[test.key]

needs_key(test, body) if {
	some other in tests(body)
	other.how == "null"
	other.key == test.key
	every value in other.values {
		value in {"false", false}
	}
}

# For whom one test does not hold. A negated one holds where the key is missing, so that those are left whom it names.
failing(test) := "unknown" if test.why

failing(test) := callers.named(test.key, test.how, test.values) if {
	test.negated
	test.how in naming
	holds_without_key(test)
}

# `BoolIfExists` with `aws:PrincipalIsAWSService` = false holds for all but services; without `IfExists` not for those who
# don't sign.
failing(test) := callers.named(test.key, test.how, [opposite(value) | some value in test.values]) if {
	callers.says_flag(test.key)
	is_flag(test)
	test.if_exists
}

failing(test) := "unknown" if {
	callers.says_flag(test.key)
	is_flag(test)
	not test.if_exists
}

# What a service does for somebody else.
failing(test) := "unknown" if {
	test.key in {"aws:viaawsservice", "aws:calledvia", "aws:calledviafirst", "aws:calledvialast"}
	not test.why
	not test.negated
	test.how in naming
}

failing(test) := "narrow" if {
	test.how == "null"
	callers.only_services[test.key]
	every value in test.values {
		value in {"true", true}
	}
}

default failing(_) := "open"

is_flag(test) if {
	test.how == "exact"
	not test.negated
}

holds_without_key(test) if test.set != "foranyvalue:"

holds_without_key(test) if callers.always_there[test.key]

opposite(value) := "false" if value in {"true", true}

opposite(value) := "true" if value in {"false", false}

opposite(value) := value if not value in {"true", true, "false", false}

# Keys of conditions that narrow what a statement of an identity allows: who it is about is said by the policy's place, so that
# any key will do that is not about the request's manner, with values that are not everything.
narrowing_keys(body) := naming_keys(body) | tag_keys(body)

naming_keys(body) := {test.key |
	some test in tests(body)
	test.how in naming
	not test.negated
	needs_key(test, body)
	not vague[test.key]
	not says_nothing(test)
}

# Tags that the resource must have, whatever their value.
tag_keys(body) := {test.key |
	some test in tests(body)
	test.how == "null"
	regex.match(`^[a-z0-9-]+:resourcetag/`, test.key)
	every value in test.values {
		value in {"false", false}
	}
}

says_nothing(test) if {
	test.how == "like"
	some value in test.values
	is_string(value)
	arns.is_any(value)
}

says_nothing(test) if {
	test.how in {"like", "network"}
	callers.named(test.key, test.how, test.values) == "open"
	callers.says_who(test.key)
}

says_nothing(test) if {
	test.how == "exact"
	startswith(test.key, "aws:")
	some value in test.values
	value in {"false", false}
}

# Condition keys that say nothing of whose request it is or what it is about.
vague := {key: true | some key in [
	"aws:calledviaawsmcp",
	"aws:currenttime",
	"aws:epochtime",
	"aws:ismcpserviceaction",
	"aws:multifactorauthage",
	"aws:multifactorauthpresent",
	"aws:principaltype",
	"aws:referer",
	"aws:requestedregion",
	"aws:securetransport",
	"aws:tokenissuetime",
	"aws:useragent",
	"aws:viaawsmcpservice",
	"s3:tlsversion",
	"s3:x-amz-acl",
	"s3:x-amz-server-side-encryption",
]}
