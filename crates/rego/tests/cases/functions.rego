package cases.functions

import data.cases.support.people

double(x) := x * 2

is_even(x) if x % 2 == 0

first([x, _]) := x

name_of({"name": name, "kind": _}) := name

kind("a") := "letter"

kind(1) := "number"

kind(null) := "nothing"

kind([]) := "empty array"

kind({}) := "empty object"

sign(x) := "positive" if x > 0

sign(x) := "negative" if x < 0

sign(0) := "zero"

grade(x) := "A" if {
	x >= 90
} else := "B" if {
	x >= 80
} else := "F"

default rate(_) := 0

rate(team) := n if n := data.fleet.limits[team]

head_and_tail([head, second]) := {"head": head, "tail": second}

nested_pattern({"a": [x, {"b": y}]}) := x + y

unused(_, _) := "constant"

same(x, x) := true

same_object({"k": x}, x) := "equal"

apply_twice(x) := double(double(x))

with_closure(limit) := {x | some x in [1, 2, 3, 4]; x <= limit}

reads_input(key) := input[key]

undefined_for_odd(x) := x if is_even(x)

false_result(_) := false

constants_in_objects({"type": "circle", "r": r}) := 3 * r * r

constants_in_objects({"type": "square", "a": a}) := a * a

test_a_call if double(21) == 42

test_calls_nest if {
	double(double(double(1))) == 8
	apply_twice(3) == 12
	double(count([1, 2])) == 4
}

test_without_a_value_it_is_true if {
	is_even(4)
	is_even(4) == true
	not is_even(5)
}

test_arrays_as_arguments if {
	first([1, 2]) == 1
	not first(json.unmarshal("[1]"))
	not first(json.unmarshal("[1, 2, 3]"))
	not first(json.unmarshal(`"ab"`))
	head_and_tail(["x", "y"]) == {"head": "x", "tail": "y"}
}

test_objects_as_arguments if {
	name_of({"kind": "x", "name": "n"}) == "n"
	not name_of(json.unmarshal(`{"name": "n"}`))
	not name_of(json.unmarshal(`{"kind": "x", "more": 1, "name": "n"}`))
	nested_pattern({"a": [1, {"b": 2}]}) == 3
}

test_literals_as_arguments if {
	kind("a") == "letter"
	kind(1) == "number"
	kind(1.0) == "number"
	kind(null) == "nothing"
	kind([]) == "empty array"
	kind({}) == "empty object"
	not kind("b")
	not kind(json.unmarshal("false"))
}

test_literals_inside_objects if {
	constants_in_objects({"type": "circle", "r": 2}) == 12
	constants_in_objects({"type": "square", "a": 5}) == 25
	not constants_in_objects({"type": "triangle", "a": 5})
}

test_several_definitions if {
	sign(5) == "positive"
	sign(-5) == "negative"
	sign(0) == "zero"
}

test_else_in_functions if {
	[grade(95), grade(85), grade(10)] == ["A", "B", "F"]
}

test_default_of_functions if {
	rate("shop") == 2
	rate("unknown") == 0
}

test_unused_arguments if unused(1, "x") == "constant"

test_an_argument_twice_means_equal if {
	same(1, 1)
	not same(1, 2)
	same_object({"k": [1]}, [1]) == "equal"
	not same_object({"k": [1]}, [2])
}

test_arguments_inside_comprehensions if with_closure(2) == {1, 2}

test_functions_see_input if {
	reads_input("a") == 1 with input as {"a": 1}
	not reads_input("b") with input as {"a": 1}
}

call_of_undefined if double(input.nope)

test_undefined_arguments_make_calls_undefined if {
	not call_of_undefined
	not undefined_for_odd(3)
	[x | some n in [1, 2, 3, 4]; x := undefined_for_odd(n)] == [2, 4]
}

test_false_is_a_result if {
	false_result(1) == false
	not false_result(1)
}

test_functions_of_other_packages if {
	people.role("ada") == "admin"
	data.cases.support.people.role("linus") == "reader"
}

test_the_last_argument_may_take_the_result if {
	double(4, x)
	x == 8
	not double(4, 9)
}

truth_of(1)

test_functions_without_body_and_value_are_true if {
	truth_of(1)
	not truth_of(2)
}
