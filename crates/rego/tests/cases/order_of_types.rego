package cases.order_of_types

ladder := [null, false, true, -1, 0, 0.5, 1, "", "A", "a", [], [0], [0, 0], [1], {}, {"a": 1}, {"a": 2}, {"b": 0}, set(), {0}, {1}]

test_types_are_ordered if {
	null < false
	true < json.unmarshal("-1")
	json.unmarshal("5") < ""
	json.unmarshal(`"z"`) < []
	json.unmarshal("[9]") < {}
	json.unmarshal(`{"z": 9}`) < set()
}

test_sort_follows_it if {
	sort({x | some x in ladder}) == ladder
	sort(array.reverse(ladder)) == ladder
}

test_booleans if false < true

test_arrays_by_their_first_difference if {
	[1, 2] < [1, 3]
	[1, 2] < [1, 2, 0]
	[2] > [1, 9, 9]
	[] < [null]
}

test_objects_by_keys_then_values if {
	{"a": 1} < {"a": 2}
	{"a": 2} < {"b": 1}
	{"a": 1} < {"a": 1, "b": 0}
}

test_sets_as_sorted_members if {
	{1, 2} < {1, 3}
	{1} < {1, 2}
	{2} > {1, 9}
	{3, 1} == {1, 3}
}

test_min_and_max_use_it if {
	min([{}, "a", null, 3]) == null
	max([{}, "a", null, 3]) == {}
	max([[2], [1, 5]]) == [2]
}

test_numbers_by_value if {
	1 < 1.5
	n := -2
	n < -1
	1e3 > 999.9
	not 1 < 1.0
}

test_iteration_is_sorted if {
	[x | some x in {3, "a", null, 1}] == [null, 1, 3, "a"]
	[k | some k, _ in {"b": 1, 2: 1, "a": 1}] == [2, "a", "b"]
}
