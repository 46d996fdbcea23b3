package cases.with_modifier

import data.cases.support.people

user := input.user

allowed if {
	input.user == "root"
}

allowed if {
	input.user in data.fleet.allowed
}

first_port := data.fleet.servers[0].ports[0]

now_year := time.date(time.now_ns())[0]

size(x) := count(x)

twice(x) := size(x) * 2

fake_count(_) := 99

fake_now := 0

constant_value := "real"

uses_constant := [constant_value]

role_of_input := people.role(input.user)

set_rule contains x if some x in input.xs

test_input if {
	user == "ada" with input as {"user": "ada"}
	input.a == 1 with input as {"a": 1}
	input == [1] with input as [1]
}

test_input_ends_with_the_expression if {
	allowed with input as {"user": "root"}
	not allowed
}

test_nested_paths_of_input if {
	input.a.b.c == 1 with input.a.b.c as 1
	input == {"a": {"b": 2, "x": 1}} with input as {"a": {"b": 1, "x": 1}} with input.a.b as 2
	input["odd key"] == 1 with input["odd key"] as 1
}

test_paths_through_scalars if {
	input.a.b == 1 with input as {"a": 7} with input.a.b as 1
}

test_base_documents if {
	first_port == 1 with data.fleet.servers as [{"ports": [1]}]
	first_port == 80
	allowed with input as {"user": "ada"} with data.fleet.allowed as ["ada"]
	data.fleet.zones.north.rank == 9 with data.fleet.zones.north.rank as 9
	data.brand.new == 1 with data.brand.new as 1
}

test_siblings_stay if {
	data.fleet.zones == {"north": {"open": true, "rank": 3}, "south": {"open": false, "rank": 1}} with data.fleet.zones.north.rank as 3
}

test_virtual_documents if {
	uses_constant == ["mock"] with constant_value as "mock"
	uses_constant == ["mock"] with data.cases.with_modifier.constant_value as "mock"
	uses_constant == ["real"]
	data.cases.with_modifier.set_rule == {"all"} with data.cases.with_modifier.set_rule as {"all"}
}

test_rules_of_other_packages if {
	role_of_input == "reader" with input as {"user": "ada"} with people.admins as {"someone"}
	role_of_input == "admin" with input as {"user": "someone"} with people.admins as {"someone"}
}

test_functions_by_functions if {
	twice([1]) == 198 with size as fake_count
	twice([1]) == 2
}

test_functions_by_values if {
	twice([1, 2, 3]) == 10 with size as 5
	twice([1]) == 14 with data.cases.with_modifier.size as 7
}

test_builtins_by_functions if {
	twice("abc") == 198 with count as fake_count
}

test_builtins_by_values if {
	now_year == 1970 with time.now_ns as 0
	now_year == 2001 with time.now_ns as 1000000000000000000
	twice("abc") == 8 with count as 4
}

test_builtins_by_rules if now_year == 1970 with time.now_ns as fake_now

test_builtins_by_builtins if {
	twice([1, 5]) == 10 with count as max
}

test_several if {
	x := [input.a, data.fleet.flag, size("four")] with input as {"a": 1} with data.fleet.flag as true with count as 4
	x == [1, true, 4]
}

test_values_are_terms if {
	y := 5
	input.x == 6 with input as {"x": y + 1}
	input.all == [1, 2] with input.all as [n | some n in [1, 2]]
}

test_values_are_worked_out_before if {
	input.x == "outer" with input as {"x": nested} with data.fleet.flag as 1
}

nested := "outer"

test_inner_wins_over_outer if {
	inner == 2 with input as {"a": 1}
}

inner := x if x := input.a with input.a as 2

test_on_negation if {
	not allowed with input as {"user": "guest"}
	not not_root with input as {"user": "root"}
}

not_root if not input.user == "root"

test_on_every if {
	every x in [1, 2] {
		x < input.limit
	} with input.limit as 3
}

test_on_some if {
	some x in input.xs with input as {"xs": [1, 2]}
	x == 2
}

test_partial_rules_see_it if {
	set_rule == {1, 2} with input as {"xs": [1, 2, 1]}
	2 in set_rule with input as {"xs": [2]}
}

test_results_are_not_mixed_up if {
	a := user with input as {"user": "a"}
	b := user with input as {"user": "b"}
	[a, b] == ["a", "b"]
}

test_undefined_value_makes_it_undefined if {
	not with_undefined
}

with_undefined if {
	true with input as data.nope.nothing
}
