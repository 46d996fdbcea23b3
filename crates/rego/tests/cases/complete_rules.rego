package cases.complete_rules

constant := {"a": [1, {2}], "b": null}

from_input := input.user.name

several := "small" if input.size < 10

several := "large" if input.size >= 10

same_value := true if input.a

same_value := true if input.b

no_body_value if input.size > 3

chained := x if {
	x = y + 1
	y = input.size * 2
}

false_value := false

null_value := null

first_or_last(list) := list[0] if count(list) == 1

computed := [x | some x in numbers.range(1, 3)]

unification = 7

multiple = x if {
	x = input.list[_]
	x > 5
}

test_a_literal_is_itself if constant == {"b": null, "a": [1, {2}]}

test_input_is_read if from_input == "ada" with input as {"user": {"name": "ada"}}

test_missing_input_makes_it_undefined if {
	not from_input with input as {"user": {}}
	not from_input
}

test_definitions_are_tried_in_turn if {
	several == "small" with input as {"size": 9}
	several == "large" with input as {"size": 10}
	not several with input as {}
}

test_equal_values_do_not_conflict if same_value with input as {"a": 1, "b": 1}

test_without_a_value_it_is_true if {
	no_body_value == true with input as {"size": 4}
	not no_body_value with input as {"size": 3}
}

test_order_of_expressions_does_not_matter if chained == 11 with input as {"size": 5}

test_false_is_a_value_but_not_true if {
	false_value == false
	not false_value
	is_boolean(false_value)
}

test_null_counts_as_true if {
	null_value
	null_value == null
}

test_old_equals_sign if unification == 7

test_one_of_several_candidates if multiple == 6 with input as {"list": [1, 6, 5, 6]}

test_all_at_once if {
	data.cases.complete_rules.computed == [1, 2, 3]
	data.cases.complete_rules.constant.a[0] == 1
	data.cases.complete_rules["constant"].a[1] == {2}
}
