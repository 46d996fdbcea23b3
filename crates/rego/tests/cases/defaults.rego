package cases.defaults

default allow := false

allow if input.user == "root"

default limits := {"low": 1, "tags": ["a", {"b"}]}

limits := {"low": input.low}

default only_default := "alone"

default overlapping := "default"

overlapping := input.x

overlapping := "y" if input.y

default comprehension := [x | some x in [1, 2, 3]; x > 1]

default f(_, _) := "neither"

f(a, b) := "less" if a < b

f(a, b) := "more" if a > b

default null_default := null

null_default := 1 if input.one

negated if not allow

test_default_when_nothing_holds if {
	allow == false
	allow == false with input as {"user": "guest"}
}

test_default_gives_way if {
	allow with input as {"user": "root"}
	limits == {"low": 5} with input as {"low": 5}
}

test_values_of_defaults if {
	limits == {"low": 1, "tags": ["a", {"b"}]}
	only_default == "alone"
	comprehension == [2, 3]
	null_default == null
}

test_false_results_beat_defaults if overlapping == false with input as {"x": false}

test_defaults_of_functions if {
	f(1, 2) == "less"
	f(2, 1) == "more"
	f(2, 2) == "neither"
}

test_defaults_are_negated if {
	negated
	not negated with input as {"user": "root"}
}

test_defaults_are_part_of_the_document if data.cases.defaults.allow == false

default truth

test_defaults_without_value_are_true if truth == true
