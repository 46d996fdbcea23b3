package cases.disjunction

either if input.a

either if input.b

value := "a" if input.a

value := "b" if {
	not input.a
	input.b
}

colours contains "red" if input.red

colours contains c if some c in input.more

f(x) := "small" if x < 10

f(x) := "even" if {
	x >= 10
	x % 2 == 0
}

keyed["one"] := 1 if input.a

keyed[k] := 2 if {
	input.b
	k := "two"
}

test_one_of_two if {
	either with input as {"a": true}
	either with input as {"b": true}
	either with input as {"a": true, "b": true}
	not either with input as {"a": false}
}

test_the_value_of_the_one_that_holds if {
	value == "a" with input as {"a": 1, "b": 1}
	value == "b" with input as {"b": 1}
	not value
}

test_sets_are_united if {
	colours == {"red"} with input as {"red": true}
	colours == {"red", "blue"} with input as {"more": ["red", "blue"], "red": true}
	colours == set()
}

test_functions if {
	f(1) == "small"
	f(12) == "even"
	not f(13)
}

test_objects if {
	keyed == {"one": 1, "two": 2} with input as {"a": 1, "b": 1}
	keyed == {}
}

test_by_membership if {
	"x" in {"x", "y"}
	input.v in ["p", "q"] with input as {"v": "q"}
}
