package cases.negation

p if input.p

q if not p

r if not q

empty_set contains x if {
	some x in [1]
	x > 1
}

only_in_a contains x if {
	some x in input.a
	not x in input.b
}

has_admin if "admin" in input.roles

no_admin if not has_admin

test_undefined if {
	q
	not r
	not undefined_ref
}

undefined_ref if data.fleet.unknown.path

test_false if {
	not 1 == 2
	not false
	not data.fleet.flag
}

test_anything_else_is_true if {
	nothing_is_true
}

nothing_is_true if {
	data.fleet.nothing == null
	not not_zero
	not not_empty
}

not_zero if not 0

not_empty if not ""

test_null_and_empty_are_no_failure if {
	not inner_null
	not not_empty_object
}

inner_null if not null

not_empty_object if not {}

test_double if {
	r with input as {"p": true}
	not q with input as {"p": true}
}

test_of_partial_rules if {
	not empty_set[1]
	not not_set
	empty_set == set()
}

not_set if not empty_set

test_with_variables_of_outside if {
	only_in_a == {1, 3} with input as {"a": [1, 2, 3], "b": [2]}
}

test_for_none if {
	no_admin with input as {"roles": ["user"]}
	not no_admin with input as {"roles": ["user", "admin"]}
}

test_of_calls if {
	not startswith("abc", "b")
	not to_be_undefined(1)
}

to_be_undefined(x) := x if x > 1

any_west if data.fleet.servers[_].zone == "west"

test_with_wildcards if {
	not any_west
	[x | x := [1, 2, 3][_]; not x == 2] == [1, 3]
}

# Operands of calls are looked up before the negation, so nothing is negated here.
operand_of_a_call_first if not startswith(input.x, "a")

test_of_comparisons_with_undefined if {
	not input.x == 1
	not operand_of_a_call_first
}

test_in_bodies_of_comprehensions if {
	[s.id | some s in data.fleet.servers; zone := s.zone; not data.fleet.zones[zone].open] == ["web-2"]
}

known_kinds := {"circle": true, "off": false}

seen contains "circle"

of_input contains k if {
	some k, v in input.things
	not seen[v.kind]
}

test_of_lookups_by_other_lookups if {
	[s.id | some s in data.fleet.servers; not data.fleet.zones[s.zone].open] == ["web-2"]
	not data.fleet.limits[input.user.team] with input as {"user": {"team": "nobody"}}
	not known_kinds[input.kind] with input as {"kind": "off"}
	not seen[input.kind] with input as {"kind": "square"}
	not input.roles[input.user] == "admin" with input as {"user": "ada", "roles": {"ada": "reader", "eve": "admin"}}
	of_input == {"b"} with input as {"things": {"a": {"kind": "circle"}, "b": {"kind": "line"}}}
}
