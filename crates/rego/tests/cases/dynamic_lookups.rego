package cases.dynamic_lookups

handlers.add := "plus"

handlers.sub := "minus"

names contains name if data.cases.support.kinds[name].kind == "letter"

chosen := handlers[input.op]

square[x] := x * x if some x in [1, 2, 3]

sums[k] := sum(vs) if some k, vs in {"a": [1, 2], "b": []}

self_join contains [x.id, y.id] if {
	some x in data.fleet.servers
	some y in data.fleet.servers
	x.zone == y.zone
	x.id < y.id
}

test_rules_by_a_variable if {
	names == {"a", "b"}
}

test_rules_by_input if {
	chosen == "plus" with input as {"op": "add"}
	chosen == "minus" with input as {"op": "sub"}
	not chosen with input as {"op": "mul"}
}

test_packages_by_a_variable if {
	p := "people"
	data.cases.support[p].default_role == "reader"
	rule := "default_role"
	data.cases.support[p][rule] == "reader"
	not data.cases.support[p].nothing_like_it
}

test_results_as_keys if {
	square[square[1] + 1] == 4
	square[count(names)] == 4
	{1: "x", 4: "y"}[square[2]] == "y"
}

test_lookups_with_several_unknown_steps if {
	found := {[x, y] | square[x] = y; y > 1}
	found == {[2, 4], [3, 9]}
	{k | sums[k] == 0} == {"b"}
}

test_joins if self_join == {["db-1", "web-1"]}

test_a_known_value_with_an_unknown_key if {
	square[x] == 9
	x == 3
}

test_only_what_is_asked_for if {
	square[2] == 4
	not square[7]
	not sums.c
}
