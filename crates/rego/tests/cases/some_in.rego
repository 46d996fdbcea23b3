package cases.some_in

list := ["a", "b", "a"]

object := {"x": 1, "y": 2}

set_of := {"p", "q"}

test_members_of_arrays if {
	found := {v | some v in list}
	found == {"a", "b"}
}

test_indices_of_arrays if {
	found := [[i, v] | some i, v in list]
	found == [[0, "a"], [1, "b"], [2, "a"]]
}

test_values_of_objects if {
	found := {v | some v in object}
	found == {1, 2}
}

test_keys_and_values_of_objects if {
	found := {sprintf("%s%d", [k, v]) | some k, v in object}
	found == {"x1", "y2"}
}

test_members_of_sets if {
	found := {v | some v in set_of}
	found == set_of
}

test_keys_of_sets_are_their_members if {
	found := {[k, v] | some k, v in set_of}
	found == {["p", "p"], ["q", "q"]}
}

test_patterns if {
	found := {x | some [x, 1] in [["a", 1], ["b", 2], ["c", 1]]}
	found == {"a", "c"}
	named := {n | some {"name": n, "on": true} in [{"name": "a", "on": true}, {"name": "b", "on": false}]}
	named == {"a"}
}

test_patterns_of_keys if {
	found := {v | some "x", v in object}
	found == {1}
	pairs := {a | some [a, 2], _ in {[1, 2]: "u", [3, 2]: "v", [4, 4]: "w"}}
	pairs == {1, 3}
}

test_nested if {
	found := {[s.id, p] | some s in data.fleet.servers; some p in s.ports; p > 400}
	found == {["web-1", 443], ["web-2", 443], ["db-1", 5432]}
}

test_in_as_an_operator if {
	"a" in list
	not "z" in list
	2 in object
	not "x" in object
	"p" in set_of
	not 1 in set()
}

test_in_with_a_key if {
	"x", 1 in object
	0, "a" in list
	not 1, "a" in list
}

test_in_gives_a_boolean if {
	x := "a" in list
	x == true
	y := ("z" in list)
	y == false
	[1 in [1], 2 in [1]] == [true, false]
}

test_membership_binds_nothing if {
	x := 1
	x in [1, 2]
	not x in [2, 3]
}

test_not_a_collection if {
	not 1 in input.number with input as {"number": 1}
	[v | some v in input.text] == [] with input as {"text": "abc"}
	not undefined_in_nothing
}

undefined_in_nothing if 1 in input.nope

test_some_without_in_hides_rules if {
	found := {object[k] | some k; object[k] > 1}
	found == {2}
}

x := "rule"

test_some_hides_a_rule_of_that_name if {
	some x in ["local"]
	x == "local"
	data.cases.some_in.x == "rule"
}

test_several_variables if {
	found := {[i, j] | some i, j; data.fleet.matrix[i][j] > 4}
	found == {[1, 1], [1, 2]}
}

test_roots_in_patterns_are_the_documents if {
	not any_is_input([1]) with input as 2
	any_is_input([1]) with input as 1
}

any_is_input(xs) if {
	some input in xs
	input == 1
}
