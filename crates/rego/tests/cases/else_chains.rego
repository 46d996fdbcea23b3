package cases.else_chains

size := "small" if {
	input.n < 10
} else := "medium" if {
	input.n < 100
} else := "large"

no_end := 1 if {
	input.a
} else := 2 if {
	input.b
}

truthy if {
	input.a
} else if {
	input.b
}

computed := x if {
	x := input.a
} else := x + y if {
	x := input.b
	y := input.c
} else := [x | some x in input.list]

first_false := false if {
	input.f
} else := true

two_chains := "one" if {
	input.one
} else := "not one" if {
	input.not_one
}

two_chains := "two" if {
	input.two
} else := "not two" if {
	input.not_two
}

level(x) := "high" if {
	x > 10
} else := concat("-", ["mid", format_int(x, 10)]) if {
	x > 5
} else := "low"

stops_searching := x if {
	some x in input.list
	x > 3
} else := "none"

negative := "no" if {
	not input.a
} else := "yes"

test_first_that_holds if {
	size == "small" with input as {"n": 9}
	size == "medium" with input as {"n": 10}
	size == "large" with input as {"n": 1000}
}

test_last_else_takes_the_rest if size == "large"

test_without_an_end_it_may_be_undefined if {
	no_end == 1 with input as {"a": true, "b": true}
	no_end == 2 with input as {"b": true}
	no_end == 2 with input as {"a": false, "b": true}
	not no_end
}

test_else_without_a_value_is_true if {
	truthy with input as {"b": 1}
	truthy == true with input as {"a": 1}
	not truthy
}

test_values_with_variables_of_their_body if {
	computed == 4 with input as {"a": 4}
	computed == 5 with input as {"b": 2, "c": 3}
	computed == [7] with input as {"list": [7]}
}

test_a_false_value_ends_the_chain if {
	first_false == false with input as {"f": true}
	first_false == true
}

test_chains_are_definitions_of_their_own if {
	two_chains == "two" with input as {"two": true}
	two_chains == "not one" with input as {"not_one": true}
	not two_chains
}

test_functions if {
	level(11) == "high"
	level(7) == "mid-7"
	level(1) == "low"
}

test_no_way_back_into_an_earlier_branch if {
	stops_searching == 5 with input as {"list": [1, 5]}
	stops_searching == "none" with input as {"list": [1, 2]}
}

test_negation_in_a_branch if {
	negative == "no"
	negative == "yes" with input as {"a": true}
}
