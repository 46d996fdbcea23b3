package cases.unification

greeting := "of the rule"

test_variables_take_values if {
	x = 1
	x == 1
	2 = y
	y == 2
}

test_equal_on_both_sides if {
	x = y
	y = 3
	x == 3
}

test_arrays if {
	[x, 2, z] = [1, y, 3]
	[x, y, z] == [1, 2, 3]
}

test_arrays_of_other_length_never if {
	not lengths_differ
}

lengths_differ if [_, _] = json.unmarshal("[1]")

test_objects if {
	{"a": x, "b": [y]} = {"a": 1, "b": [2]}
	x + y == 3
}

test_objects_with_other_keys_never if {
	not keys_differ
}

keys_differ if {"a": _} = json.unmarshal(`{"a": 1, "b": 2}`)

test_nested if {
	[{"k": [a, {"m": b}]}, c] = [{"k": [1, {"m": c}]}, 2]
	[a, b, c] == [1, 2, 2]
}

test_with_base_documents if {
	[[a, _, _], [_, b, _]] = data.fleet.matrix
	[a, b] == [1, 5]
	{"rank": r, "open": true} = data.fleet.zones.north
	r == 2
}

test_enumerates_while_it_unifies if {
	found := {id | {"id": id, "zone": "north", "ports": _, "tags": _} = data.fleet.servers[_]}
	found == {"web-1", "db-1"}
}

test_a_constant_against_many if {
	data.fleet.servers[i].id = "web-2"
	i == 1
}

test_assignment_is_local if {
	greeting := 1
	greeting == 1
	data.cases.unification.greeting == "of the rule"
}

test_assignment_takes_patterns if {
	[a, [b, _]] := [1, [2, 3]]
	{"k": c} := {"k": 4}
	[a, b, c] == [1, 2, 4]
}

test_assigned_once_compared_after if {
	x := 5
	x == 5
	5 = x
	not x = 6
}

test_calls_on_both_sides if {
	count([1, 2]) = 2
	2 = count([1, 2])
	count([1, 2]) = count([3, 4])
	x = count([1])
	x == 1
}

test_sets_must_be_equal if {
	{1, 2} = {2, 1}
	x := {1, 2}
	x = {1, 2}
}

test_comparison_needs_values_on_both_sides if {
	x := [1, {"a": 2}]
	x == [1, {"a": 2}]
	[1, 2] != [2, 1]
	1 == 1.0
	"1" != json.unmarshal("1")
}

test_comparisons_are_values if {
	x := 1 == 2
	x == false
	y := [1 < 2, 2 <= 1, 1 != 1]
	y == [true, false, false]
}

test_cyclic_equations if {
	a = b
	b = c
	c = [a_value, 2]
	a_value = 1
	a == [1, 2]
}

test_same_variable_in_a_pattern if {
	found := [x | [x, x] = [[1, 1], [1, 2], [3, 3]][_]]
	found == [1, 3]
}
