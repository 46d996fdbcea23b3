package cases.every_in

all_positive(xs) if {
	every x in xs {
		x > 0
	}
}

test_holds_for_all if {
	all_positive([1, 2])
	not all_positive([1, -2])
}

test_nothing_to_ask if {
	all_positive([])
	all_positive({})
	all_positive(set())
}

test_undefined_is_not_nothing if {
	not over_undefined
}

over_undefined if {
	every x in input.nope {
		x
	}
}

test_no_collection_is_undefined if not all_positive(json.unmarshal("1"))

test_keys_and_values if {
	every k, v in {"a": 1, "b": 2} {
		k in {"a", "b"}
		v < 3
	}
	every i, v in ["x", "y"] {
		["x", "y"][i] == v
	}
	every k, v in {"s", "t"} {
		k == v
	}
}

test_several_expressions if {
	every server in data.fleet.servers {
		count(server.ports) > 0
		server.zone in object.keys(data.fleet.zones)
		some port in server.ports
		port > 100
	}
}

test_nested if {
	every row in data.fleet.matrix {
		every n in row {
			n > 0
		}
	}
	not nested_fails
}

nested_fails if {
	every row in data.fleet.matrix {
		every n in row {
			n < 6
		}
	}
}

test_variables_from_outside if {
	limit := 10
	every x in [1, 2] {
		x < limit
	}
}

test_negated if {
	not all_of_both
	only_some
}

all_of_both if {
	every x in [1, "a"] {
		is_number(x)
	}
}

only_some if not all_of_both

test_wildcard if {
	every _ in [1, 2] {
		1 == 1
	}
	not every_wildcard_fails
}

every_wildcard_fails if {
	every _ in [1, 2] {
		1 == 2
	}
}

test_inside_comprehensions if {
	found := [xs | some xs in [[1, 2], [0, 1], []]; all_positive(xs)]
	found == [[1, 2], []]
}

test_over_comprehensions if {
	every x in [z | some y in [1, 2]; z := y * 2] {
		x % 2 == 0
	}
}

test_false_body_fails if {
	not has_false
}

has_false if {
	every x in [true, false] {
		x
	}
}
