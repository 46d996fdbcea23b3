package cases.partial_objects

zone_of[server.id] := server.zone if some server in data.fleet.servers

constants["a"] := 1

constants["b"] := 2 if true

by_number[x] := x * x if some x in numbers.range(1, 3)

same[k] := v if {
	some k in ["x", "x", "y"]
	v := 1
}

by_team[team] contains server.id if {
	some server in data.fleet.servers
	team := server.tags.team
}

nested[zone][team] := n if {
	some zone in ["north", "south"]
	some team in ["shop", "ledger"]
	n := count([1 | some s in data.fleet.servers; s.zone == zone; s.tags.team == team])
}

odd_keys[[1, 2]] := "array"

odd_keys[null] := "null"

odd_keys[{"k": {1}}] := "object"

odd_keys[true] := "boolean"

none[x] := 1 if {
	some x in [1]
	x > 1
}

truths[k] if some k in ["yes", "sure"]

test_entries if zone_of == {"db-1": "north", "web-1": "north", "web-2": "south"}

test_constants_of_several_definitions if constants == {"a": 1, "b": 2}

test_lookup if {
	zone_of["db-1"] == "north"
	not zone_of["db-2"]
	by_number[3] == 9
	not by_number[json.unmarshal(`"3"`)]
}

test_iteration_over_keys if {
	north := {id | zone_of[id] == "north"}
	north == {"web-1", "db-1"}
}

test_equal_entries_do_not_conflict if same == {"x": 1, "y": 1}

test_sets_as_values if by_team == {"ledger": {"db-1"}, "shop": {"web-1", "web-2"}}

test_two_variable_keys if {
	nested.north == {"ledger": 1, "shop": 1}
	nested.south.ledger == 0
	count(nested) == 2
}

test_keys_of_any_type if {
	odd_keys[[1, 2]] == "array"
	odd_keys[null] == "null"
	odd_keys[{"k": {1}}] == "object"
	odd_keys[true] == "boolean"
	count(odd_keys) == 4
}

test_nothing_found_is_an_empty_object if none == {}

test_without_a_value_it_is_true if truths == {"sure": true, "yes": true}

odd_constants[null] := "null"

odd_constants[true] := "true"

test_constant_keys_of_any_kind if {
	odd_constants == {null: "null", true: "true"}
	count([key | odd_constants[key]]) == 2
}
