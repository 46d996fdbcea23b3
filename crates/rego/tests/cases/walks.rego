package cases.walks

doc := {"a": [1, {"secret": "x"}], "b": {"secret": "y", "c": {3}}}

secrets contains [path, value] if {
	walk(doc, [path, value])
	path[count(path) - 1] == "secret"
}

leaves contains value if {
	walk(doc, [_, value])
	not is_object(value)
	not is_array(value)
	not is_set(value)
}

test_finds_paths_and_values if {
	secrets == {[["a", 1, "secret"], "x"], [["b", "secret"], "y"]}
}

test_leaves if leaves == {1, "x", "y", 3}

test_begins_with_the_whole if {
	walk(doc, [[], whole])
	whole == doc
}

test_a_path_that_is_known if {
	walk(doc, [["a", 0], value])
	value == 1
	not walk_nowhere
}

walk_nowhere if walk(doc, [["a", 9], _])

test_a_pattern_of_paths if {
	found := {k | walk(doc, [[k, "secret"], _])}
	found == {"b"}
}

test_the_function_form if {
	found := [p | [p, 1] = walk(doc)]
	found == [["a", 0]]
}

test_of_scalars if {
	[x | walk("s", x)] == [[[], "s"]]
}

test_members_of_sets_are_their_own_paths if {
	walk(doc, [["b", "c", 3], value])
	value == 3
}

test_of_base_and_virtual_documents if {
	found := {v | walk(data.fleet.limits, [[_], v])}
	found == {1, 2}
	roles := {v | walk(data.cases.support.people.deeper, [_, v]); is_string(v)}
	roles == {"reader"}
}

test_as_conftest_users_use_it if {
	found := [concat("/", [format_path(p) | true]) |
		walk(input, [p, v])
		p[count(p) - 1] == "public"
		v == true
	] with input as {"buckets": [{"public": true}, {"public": false}]}
	found == ["buckets.0.public"]
}

format_path(path) := concat(".", [s | some part in path; s := sprintf("%v", [part])])
