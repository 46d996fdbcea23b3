package cases.future

import future.keywords
import data.fleet.zones as places

deny contains msg if {
	some name in input.names
	not name in {"ada"}
	msg := sprintf("%s is not welcome", [name])
}

is_open(zone) if places[zone].open

all_positive(xs) if {
	every x in xs {
		x > 0
	}
}

default level := "low"

level := "high" if input.n > 5

by.zone[z] contains s.id if {
	some s in data.fleet.servers
	z := s.zone
}

count_of(x) := n if n := count(x)

test_contains_and_in if {
	deny == {"eve is not welcome"} with input as {"names": ["ada", "eve"]}
	deny == set()
}

test_functions if {
	is_open("north")
	not is_open("south")
	count_of("abc") == 3
}

test_every if {
	all_positive([1, 2])
	not all_positive([0])
	all_positive([])
}

test_defaults if {
	level == "low"
	level == "high" with input as {"n": 6}
}

test_references_in_heads if by.zone == {"north": {"db-1", "web-1"}, "south": {"web-2"}}

test_keys_and_values if {
	found := [[k, v] | some k, v in {"b": 2, "a": 1}]
	found == [["a", 1], ["b", 2]]
	"a", 1 in {"a": 1}
}
