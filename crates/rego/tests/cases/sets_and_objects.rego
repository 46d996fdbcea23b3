package cases.sets_and_objects

test_sets_have_no_order_and_no_duplicates if {
	{1, 2, 3} == {3, 2, 1, 1}
	count({1, 1.0, "1"}) == 2
}

test_the_empty_set_is_no_object if {
	set() != {}
	is_set(set())
	is_object({})
	count(set()) == 0
}

test_operators if {
	{1, 2} | {2, 3} == {1, 2, 3}
	{1, 2} & {2, 3} == {2}
	{1, 2} - {2, 3} == {1}
	({1, 2} | {3}) - {1} == {2, 3}
	{1} - {1} == set()
}

test_precedence_of_operators if {
	{1} | {2} & {2, 3} == {1, 2}
	{1, 2} - {2} | {5} == {1, 5}
}

test_sets_hold_sets_and_objects if {
	s := {{1}, {"a": {2}}, [3], set()}
	{1} in s
	{"a": {2}} in s
	set() in s
	count(s) == 4
}

test_subsets if {
	required := {"a", "b"}
	given := {"a", "b", "c"}
	count(required - given) == 0
	required & given == required
	not required == given
}

test_keys_of_objects if {
	o := {1: "number", "1": "string", true: "boolean", null: "null", [1]: "array", {"k": 1}: "object", {1}: "set"}
	o[1] == "number"
	o["1"] == "string"
	o[true] == "boolean"
	o[null] == "null"
	o[[1]] == "array"
	o[{"k": 1}] == "object"
	found := {v | some k, v in o; is_set(k)}
	found == {"set"}
	count(o) == 7
}

test_computed_keys_and_values if {
	k := "dynamic"
	o := {k: 1, concat("-", [k, "more"]): 1 + 1, input.x: 3} with input as {"x": "from input"}
	o == {"dynamic": 1, "dynamic-more": 2, "from input": 3}
}

test_order_of_keys_does_not_matter if {
	{"a": 1, "b": {"c": 2, "d": 3}} == {"b": {"d": 3, "c": 2}, "a": 1}
}

test_objects_from_input if {
	input == {"a": [1, {"b": null}]} with input as {"a": [1, {"b": null}]}
	{k | some k, _ in input} == {"a", "b"} with input as {"a": 1, "b": 2}
}

test_conversion_to_json_sorts_sets if {
	json.marshal({3, 1, 2}) == "[1,2,3]"
	json.marshal({"k": {"b", "a"}}) == `{"k":["a","b"]}`
}

test_other_types_of_keys_become_text_in_json if json.marshal({1: "a", true: "b"}) == `{"1":"a","true":"b"}`

test_trailing_commas if {
	[1, 2,] == [1, 2]
	{1, 2,} == {1, 2}
	{"a": 1,} == {"a": 1}
}
