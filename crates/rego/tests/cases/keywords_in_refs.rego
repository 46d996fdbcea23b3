package cases.keywords_in_refs

request := {"if": 1, "in": {"some": [1, 2]}, "default": "d", "not": true, "with": {"as": "w"}, "every": "e", "contains": "c", "import": "i", "package": "p", "else": "l", "null": "n", "true": "t", "false": "f"}

things.if := 1

things.contains contains "x"

things.some.every := "both"

things.with(x) := x + 1

things.default := "d"

test_in_the_middle_and_at_the_end if {
	request.if == 1
	request.in.some[1] == 2
	request.default == "d"
	request.not
	request.with.as == "w"
	request.every == "e"
	request.contains == "c"
	request.import == "i"
	request.package == "p"
	request.else == "l"
}

test_names_of_constants if {
	request.null == "n"
	request.true == "t"
	request.false == "f"
}

test_brackets_are_the_same if {
	request["if"] == request.if
	request.in["some"] == [1, 2]
}

test_in_heads if {
	things.if == 1
	things.contains == {"x"}
	things.some.every == "both"
	things.with(1) == 2
	things.default == "d"
}

test_through_the_package if {
	data.cases.keywords_in_refs.things.some.every == "both"
	data.cases.keywords_in_refs.request.if == 1
}

test_of_input if {
	input.not.if == 1 with input as {"not": {"if": 1}}
	input.with.as == 2 with input.with.as as 2
}

test_as_iterated if {
	found := {x | some x in request.in.some}
	found == {1, 2}
	not 3 in request.in.some
}

test_keywords_still_work_beside_them if {
	every x in request.in.some {
		x > 0
	}
	not request.if == 2
}
