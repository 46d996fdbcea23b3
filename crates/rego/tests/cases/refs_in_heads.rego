package cases.refs_in_heads

a.b.c := 1

a.b.d := 2 if true

a.list contains "x"

a.list contains y if some y in input.more

by.zone[zone].ids contains s.id if {
	some s in data.fleet.servers
	zone := s.zone
}

rank[zone].value := info.rank if some zone, info in data.fleet.zones

deep[x][y].z := x + y if {
	some x in [1, 2]
	some y in [10]
}

fn.add(x, y) := x + y

fn.nested.twice(x) := x * 2

flags.on if input.on

q["quoted key"] := 1

q["a.b"].c := 2

mix[s.id].ports := s.ports if some s in data.fleet.servers

mix[s.id].team := s.tags.team if some s in data.fleet.servers

overrides.fixed := "f"

overrides[k] := v if some k, v in {"open": "o"}

default settings.level := "low"

settings.level := "high" if input.high

chosen.way := "first" if {
	input.first
} else := "second"

test_paths_make_objects if {
	a.b == {"c": 1, "d": 2}
	a.b.c == 1
	data.cases.refs_in_heads.a.b.d == 2
}

test_sets_below_paths if {
	a.list == {"x"}
	a.list == {"x", "y"} with input as {"more": ["y"]}
}

test_objects_hold_all_of_it if {
	a == {"b": {"c": 1, "d": 2}, "list": {"x"}}
}

test_variables_on_the_way if {
	by.zone == {"north": {"ids": {"db-1", "web-1"}}, "south": {"ids": {"web-2"}}}
	by.zone.south.ids == {"web-2"}
	"db-1" in by.zone.north.ids
}

test_variables_before_a_name if {
	rank == {"north": {"value": 2}, "south": {"value": 1}}
	found := {z | rank[z].value == 1}
	found == {"south"}
}

test_two_variables if {
	deep == {1: {10: {"z": 11}}, 2: {10: {"z": 12}}}
	deep[2][10].z == 12
	not deep[3]
}

test_functions if {
	fn.add(1, 2) == 3
	fn.nested.twice(4) == 8
	data.cases.refs_in_heads.fn.add(1, 1) == 2
}

test_booleans if {
	flags.on with input as {"on": true}
	not flags.on
	flags == {}
}

test_strings_in_brackets if {
	q["quoted key"] == 1
	q["a.b"].c == 2
}

test_several_rules_below_one_variable if {
	mix["web-2"] == {"ports": [443], "team": "shop"}
	count(mix) == 3
}

test_fixed_and_variable_together if {
	overrides == {"fixed": "f", "open": "o"}
}

test_defaults if {
	settings.level == "low"
	settings.level == "high" with input as {"high": true}
}

test_else if {
	chosen.way == "second"
	chosen.way == "first" with input as {"first": true}
}

test_unknown_keys_are_undefined if {
	not by.zone.west
	not mix.none
}

test_with_replaces_a_part if {
	a.b.c == 7 with a.b.c as 7
	a.b.d == 2 with a.b.c as 7
}
