package cases.comprehensions

test_arrays_keep_order_and_duplicates if {
	[x | some y in [3, 1, 3]; x := y * 2] == [6, 2, 6]
	[k | some k, _ in {"b": 1, "a": 2}] == ["a", "b"]
}

test_sets if {
	{x | some y in numbers.range(1, 9); x := y % 3} == {0, 1, 2}
	{x | some x in []} == set()
}

test_objects if {
	{k: v | some k, v in ["a", "b"]} == {0: "a", 1: "b"}
	{s.id: count(s.ports) | some s in data.fleet.servers} == {"db-1": 1, "web-1": 2, "web-2": 1}
}

test_equal_entries_do_not_conflict if {
	{k: 1 | some k in ["a", "a"]} == {"a": 1}
}

test_never_undefined if {
	[x | x := input.nope] == []
	{x | some x in input.nope} == set()
	{x: 1 | some x in input.nope} == {}
}

test_nested if {
	[[x, [y | some y in [1, 2, 3]; y < x]] | some x in [1, 3]] == [[1, []], [3, [1, 2]]]
	{z: {s.id | some s in data.fleet.servers; s.zone == z} | some z, _ in data.fleet.zones} == {
		"north": {"db-1", "web-1"},
		"south": {"web-2"},
	}
}

test_three_kinds_in_one_another if {
	[pair | some x in [1, 2]; s := {y | some y in [x, x + 1]}; pair := {x: s}] == [{1: {1, 2}}, {2: {2, 3}}]
}

test_variables_from_outside if {
	limit := 2
	[x | some x in [1, 2, 3]; x <= limit] == [1, 2]
}

test_own_variables_stay_inside if {
	a := [x | x := 1]
	b := [x | x := 2]
	array.concat(a, b) == [1, 2]
}

test_outer_iteration_repeats_them if {
	sizes := {zone: n |
		some zone, _ in data.fleet.zones
		n := count([1 | some s in data.fleet.servers; s.zone == zone])
	}
	sizes == {"north": 2, "south": 1}
}

test_heads_are_terms if {
	[{"id": s.id, "first": s.ports[0]} | some s in data.fleet.servers; s.zone == "south"] == [{"first": 443, "id": "web-2"}]
	[[] | true] == [[]]
	[[x, y] | x := 1; y := 2] == [[1, 2]]
}

test_as_arguments if {
	sum([p | some s in data.fleet.servers; some p in s.ports]) == 6398
	count({s.zone | some s in data.fleet.servers}) == 2
}

test_lookup_in_them if {
	[x | some x in [5, 6]][1] == 6
	{k: v | some k, v in {"a": 1}}.a == 1
	{x | some x in ["m"]}["m"]
}

test_negation_inside if {
	[x | some x in [1, 2, 3]; not x == 2] == [1, 3]
}

test_with_inside if {
	[x | x := input.a with input as {"a": 1}] == [1]
}

squares := {x: y |
	some x in [1, 2]
	y := x * x
}

test_as_the_value_of_a_rule if squares == {1: 1, 2: 4}

test_empty_bodies_of_braces_are_not_comprehensions if {
	{1, 2} | {3} == {1, 2, 3}
	x := {"a" | true}
	x == {"a"}
}

test_as_values_of_objects if {
	{"k": [x | x := 1]} == {"k": [1]}
	{"a": 1, "b": {y | some y in [1, 1]}} == {"a": 1, "b": {1}}
	[pair | some x in [1, 2]; pair := {x: {y | some y in [x, x + 1]}}] == [{1: {1, 2}}, {2: {2, 3}}]
	{"o": {k: v | some k, v in ["z"]}} == {"o": {0: "z"}}
}

only_text(x) := [1 | x == "a"]

test_arguments_may_be_what_comprehensions_do_not_ask_for if {
	only_text("a") == [1]
	only_text(1) == []
}

test_objects_with_other_keys_differ if {
	{true: 1 | some x in [1]} != {"a": 1}
	not {k: 1 | some k in [1, 2]} == {"a": "b"}
}
