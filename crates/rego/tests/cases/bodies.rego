package cases.bodies

one_line if { 1 == 1; 2 == 2 }

one_expression if 1 == 1

over_lines if {
	x := 1
	y := 2

	x < y # with a comment
	# and one of its own
}

out_of_order if {
	y > 1
	y = x + 1
	x = input.x
}

only_terms if {
	true
	"text"
	0
	[]
}

ends_early if {
	false
	1 == 1
}

calls_as_expressions if {
	startswith("abc", "a")
	count([1])
}

zero_is_true if count([])

nested_terms := [{"a": [1, [2, {"b": [3]}]]}][0].a[1][1].b[0]

shared contains x if {
	x := [1, 2, 3][_]
	x != 2
}

no_backtracking_across if {
	some x in [1, 2]
	some y in [2, 3]
	x == y
}

test_lines_and_semicolons if {
	one_line
	one_expression
	over_lines
}

test_expressions_are_ordered_by_need if {
	out_of_order with input as {"x": 1}
	not out_of_order with input as {"x": 0}
}

test_terms_as_expressions if {
	only_terms
	not ends_early
	calls_as_expressions
	zero_is_true
}

test_deep_terms if nested_terms == 3

test_all_solutions_are_tried if {
	shared == {1, 3}
	no_backtracking_across
}

test_long_bodies_undo_what_failed if {
	found := {[a, b, c] |
		a := [1, 2, 3][_]
		b := [1, 2, 3][_]
		a < b
		c := [1, 2, 3][_]
		b < c
	}
	found == {[1, 2, 3]}
}

test_parentheses if {
	(1 + 2) * 2 == 6
	(1 == 1)
	x := (2)
	x == 2
}

test_lines_may_break_inside_terms if {
	x := [
		1,
		2,
	]
	y := {
		"a": 1,
		"b": x,
	}
	y.b == [1, 2]
	count(
		x
	) == 2
}

test_comparisons_of_every_kind if {
	1 < 2
	2 <= 2
	3 > 2
	3 >= 3
	1 != 2
	[1, {"a": 2}] == [1, {"a": 2}]
	{"a": 1} != {"a": 2}
	"a" < "b"
	null == null
}

single_member if {1} in {{1}, {2}}

single_step if {"a", "b"}["a"]

single_dot if {"a": {"b": 1}}.a

test_braces_behind_if_may_go_on if {
	single_member
	single_step
	single_dot
}

test_the_right_side_of_an_assignment_may_come_later if {
	z := y
	y = 1
	z == 1
	[a, b] := [c, input.l[c]] with input as {"l": [7]}
	[a, b] == [0, 7]
}
