package cases.partial_sets

open_zones contains zone if {
	some zone, info in data.fleet.zones
	info.open
}

constants contains 1

constants contains "one"

constants contains [1, {"one": 1}]

pairs contains [server.id, port] if {
	some server in data.fleet.servers
	some port in server.ports
}

never contains x if {
	some x in [1, 2, 3]
	x > 3
}

doubled contains x * 2 if some x in input.numbers

sizes contains count(server.ports) if some server in data.fleet.servers

mixed contains null

mixed contains false

mixed contains {"a"}

test_members if open_zones == {"north"}

test_constants if {
	count(constants) == 3
	1 in constants
	constants["one"]
	[1, {"one": 1}] in constants
}

test_nothing_found_is_an_empty_set_not_undefined if {
	never == set()
	count(never) == 0
}

test_members_are_unique if {
	sizes == {1, 2}
	doubled == {2, 4} with input as {"numbers": [1, 2, 1]}
}

test_lookup_of_a_member if {
	pairs[["web-1", 443]]
	not pairs[["web-2", 80]]
}

test_lookup_binds_parts_of_members if {
	ids := {id | pairs[[id, 443]]}
	ids == {"web-1", "web-2"}
}

test_iteration if {
	found := {x | constants[x]; is_number(x)}
	found == {1}
}

test_falsy_members_are_members if {
	false in mixed
	null in mixed
	count(mixed) == 3
	not mixed[false]
	{"a"} in mixed
}

test_value_of_the_package if data.cases.partial_sets.open_zones == {"north"}
