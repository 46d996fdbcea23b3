package cases.rules

import data.fleet

greeting = "hello"

small { input.n < 10 }

size = "small" { small }

size = "large" { not small }

default allowed = false

allowed { input.user == "root" }

allowed {
	input.user == fleet.allowed[_]
}

open_zones[zone] {
	fleet.zones[zone].open
}

zone_of[id] = zone {
	server := fleet.servers[_]
	id := server.id
	zone := server.zone
}

constants["a"] = 1

constants["b"] = 2 { true }

members["x"]

members["y"] { true }

either { input.a } { input.b }

grade(n) = "A" { n >= 90 } else = "B" { n >= 80 } else = "F" { true }

double(x) = y { y := x * 2 }

is_even(x) { x % 2 == 0 }

kind("a") = "letter"

kind(1) = "number"

first([x, _]) = x

level = "high" { input.n > 10 } else = "mid" { input.n > 5 }

test_complete_rules {
	greeting == "hello"
	size == "small" with input as {"n": 1}
	size == "large" with input as {"n": 10}
}

test_defaults {
	allowed == false
	allowed with input as {"user": "root"}
	allowed with input as {"user": "ada"} with data.fleet.allowed as ["ada"]
}

test_partial_sets {
	open_zones == {"north"}
	members == {"x", "y"}
	members["x"]
	not members["z"]
}

test_partial_objects {
	zone_of == {"db-1": "north", "web-1": "north", "web-2": "south"}
	constants == {"a": 1, "b": 2}
}

test_bodies_in_a_row_are_alternatives {
	either with input as {"a": true}
	either with input as {"b": true}
	not either
}

test_functions {
	double(4) == 8
	is_even(2)
	not is_even(3)
	kind("a") == "letter"
	kind(1) == "number"
	first([1, 2]) == 1
}

test_else {
	[grade(95), grade(85), grade(1)] == ["A", "B", "F"]
	level == "mid" with input as {"n": 6}
	not level with input as {"n": 1}
}
