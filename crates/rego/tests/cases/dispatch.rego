package cases.dispatch

import data.cases.support.shapes

kind := input.kind

by_input := shapes.area[input.kind]

by_rule := shapes.area[kind]

by_two := shapes.deep[input.first][input.second].allow

by_package := data.cases.support[input.package].default_role

fixpoint := x if {
	some x
	x == input.xs[x]
}

pair_of(value) := "pair" if [_, _] = value

pair_of(value) := "triple" if [_, _, _] = value

pair_of({"x": _, "y": _}) := "point"

optional["always"] := 1

optional["sometimes"] := 2 if input.sometimes

optional[k] := v if some k, v in input.more

test_rule_by_input if {
	by_input == "round" with input as {"kind": "circle"}
	by_rule == "edged" with input as {"kind": "square"}
	not by_input with input as {"kind": "line"}
}

test_rule_by_constant if {
	k := "square"
	shapes.area[k] == "edged"
	shapes["area"][k] == "edged"
}

test_several_steps_by_variables if {
	by_two with input as {"first": "a", "second": "b"}
	by_two == false with input as {"first": "x", "second": "d"}
	not by_two with input as {"first": "a", "second": "d"}
	shapes.deep.y.e == "E"
}

test_package_by_input if {
	by_package == "reader" with input as {"package": "people"}
	not by_package with input as {"package": "shapes"}
}

test_variables_before_a_name if {
	shapes.label.circle.text == "a circle"
	shapes.label.line.text == "just a line"
	k := "line"
	shapes.label[k].text == "just a line"
	found := {x | shapes.label[x].text}
	found == {"circle", "line", "square"}
}

test_keys_of_different_types_in_one_rule if {
	shapes.corners[3] == "triangle"
	shapes.corners.many == "polygon"
	found := {v | v := shapes.corners[_]}
	found == {"polygon", "square", "triangle"}
}

test_all_keys_of_mixed_definitions if {
	object.keys(shapes.deep) == {"a", "x", "y"}
	object.keys(shapes.label) == {"circle", "line", "square"}
}

test_sets_of_other_packages if {
	shapes.sides[4]
	found := {shapes.scale(n) | shapes.sides[n]}
	found == {30, 40}
}

test_packages_without_rules_are_empty if {
	data.cases.support.nothing == {}
	x := data.cases.support.nothing
	count(x) == 0
}

test_a_value_that_is_its_own_key if {
	fixpoint == 1 with input as {"xs": [3, 1, 0]}
	not fixpoint with input as {"xs": [1, 0]}
	not fixpoint
}

test_patterns_choose_the_definition if {
	pair_of([1, "x"]) == "pair"
	pair_of([1, ["x", "y"], null]) == "triple"
	pair_of({"x": 1, "y": 2}) == "point"
	not pair_of(json.unmarshal("[]"))
}

test_keys_that_depend_on_input if {
	optional == {"always": 1}
	optional == {"always": 1, "sometimes": 2} with input as {"sometimes": true}
	optional == {"always": 1, "a": 1, 7: 2} with input as {"more": {"a": 1, 7: 2}}
}

test_comprehensions_unify if {
	[x] = [y | y := 1]
	x == 1
	[y | y := 2] = [z]
	z == 2
}
