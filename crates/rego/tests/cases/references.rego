package cases.references

import data.cases.support.people

servers := data.fleet.servers

ids := ["web-1", "db-1"]

team_limits[team] := data.fleet.limits[team] if some team in ["shop", "ledger", "none"]

open_zone(zone) := data.fleet.zones[zone].open

chain := {"a": {"b": [{"c": "deep"}]}}

keys := {"first": "a", "second": "b"}

test_dots_and_brackets if {
	data.fleet.zones.north.rank == 2
	data["fleet"]["zones"]["north"]["rank"] == 2
	data.fleet["odd keys"]["a.b"] == 1
	data.fleet["odd keys"][""] == 3
	data.fleet["odd keys"]["c/d"] == 2
}

test_indices if {
	servers[0].id == "web-1"
	servers[2].ports[0] == 5432
	not servers[3]
	not servers[-1]
	not servers["0"]
}

test_variables_enumerate_arrays if {
	found := {[i, servers[i].id] | some i; servers[i].zone == "north"}
	found == {[0, "web-1"], [2, "db-1"]}
}

test_variables_enumerate_objects if {
	found := {k | data.fleet.limits[k] == 2}
	found == {"shop"}
}

test_wildcards_are_different_each_time if {
	found := {[a, b] | a := [1, 2][_]; b := [3, 4][_]}
	count(found) == 4
}

test_same_variable_twice_joins if {
	found := {x | x := servers[i].zone; ["south", "south", "north"][i] == x}
	found == {"south", "north"}
}

test_several_variables_in_one_reference if {
	found := {[i, j, data.fleet.matrix[i][j]] | data.fleet.matrix[i][j] % 3 == 0}
	found == {[0, 2, 3], [1, 2, 6]}
}

test_bound_variables_look_up if {
	zone := "south"
	data.fleet.zones[zone].rank == 1
	i := 1
	servers[i].id == "web-2"
}

test_references_inside_references if {
	data.fleet.zones[servers[0].zone].rank == 2
	chain[keys.first][keys.second][0].c == "deep"
	team_limits[servers[i].tags.team] == 1
	servers[i].id == "db-1"
}

test_through_virtual_documents if {
	team_limits.shop == 2
	team_limits == {"ledger": 1, "shop": 2}
	people.older.ada == 37
	data.cases.support.people.older[name] == 86
	name == "grace"
}

test_base_and_virtual_below_one_path if {
	data.cases.mixed.base.kept == "from data"
	data.cases.support.people.deeper.depth == 2
	data.cases.support.people.deeper.from_above == "reader"
}

test_packages_below_packages if {
	doc := data.cases.support.people
	doc.deeper.depth == 2
	doc.default_role == "reader"
}

test_enumerate_names_of_rules if {
	found := {name | data.cases.support.people.deeper[name]}
	found == {"depth", "from_above"}
}

test_enumerate_packages_and_data if {
	found := {x | data.cases.mixed[x]}
	{"base", "virtual_too"} & found == {"base", "virtual_too"}
}

test_a_prefix_with_a_variable if {
	found := {p | data.cases.support[p].default_role == "reader"}
	found == {"people"}
}

test_of_literals if {
	[10, 20][1] == 20
	{"a": {"b": 1}}.a.b == 1
	{"x", "y"}["x"] == "x"
	"abc" == ["abc"][0]
}

test_of_calls if {
	split("a/b/c", "/")[1] == "b"
	object.get({"a": [1]}, "a", [])[0] == 1
	open_zone("north")
	json.unmarshal(`{"k": [1, 2]}`).k[1] == 2
}

test_scalars_have_no_members if {
	not data.fleet.zones.north.rank.more
	not data.fleet.nothing.more
	not data.fleet.flag[0]
}

test_sets_by_their_members if {
	s := {1, "a", [2, 3]}
	s[1]
	s["a"] == "a"
	s[[2, 3]]
	found := {x | s[[2, x]]}
	found == {3}
	not s[json.unmarshal("4")]
}

test_numbers_find_equal_keys if {
	o := {1: "one", 2.5: "more"}
	o[1.0] == "one"
	o[2.50] == "more"
	data.fleet.matrix[1.0][0] == 4
	not data.fleet.matrix[0.5]
}

test_keys_that_are_composite if {
	o := {[1, {"a": 2}]: "x", {3}: "y"}
	o[[1, {"a": 2}]] == "x"
	found := {v | o[[1, {"a": v}]]}
	found == {2}
}
