package cases.logic

import future.keywords.and
import future.keywords.not
import future.keywords.or

yes := true

no := false

nothing if false

test_or_holds_if_one_operand_does if {
	yes or no
	no or yes
	yes or nothing
	nothing or yes
	yes or yes
	not (no or nothing)
}

test_and_holds_if_both_do if {
	yes and yes
	not (yes and no)
	not (nothing and yes)
	not (no and nothing)
}

test_values_other_than_false_hold if {
	null or false
	0 and ""
}

test_and_binds_tighter_than_or if {
	yes or no and no
	no and no or yes
	not ((yes or no) and no)
	yes and yes or nothing and nothing
}

test_not_binds_tighter_than_and if {
	not no and yes
	not nothing or nothing
	yes and not nothing
}

test_comparisons_and_memberships_are_operands if {
	1 + 1 == 2 and 3 in [3]
	"a" in ["b"] or "b" in ["b"]
	{1, 2} | {3} == {1, 2, 3}
	({1, 2} == {1, 2}) and [1] == [1]
}

test_operands_don_t_branch if {
	[x | some x in [1, 2, 3]; x > 0 or x < 9] == [1, 2, 3]
	[1 | {some x in [1, 2]; x > 0} or nothing] == [1]
	[1 | {some x in [1, 2]; x > 0} and {some y in [1, 2, 3]; y > 0}] == [1]
}

test_what_is_decided_is_not_looked_at_further if {
	prints_nothing
	not (no and {print("never"); yes})
}

prints_nothing if yes or {
	print("never")
	yes
}

test_bodies_have_variables_of_their_own if {
	x := 3
	{x := 1; x == 1} or nothing
	{y := x; y == 3} and {y := 4; y == x + 1}
	x == 3
	{x = 3} or nothing
	not {x = 4}
}

test_operands_see_variables_from_outside if {
	some x in [1, 2, 3]
	x == 7 or x == 2
	y := x
	y == 2 and x == 2
}

test_bodies_may_say_what_expressions_may_not if {
	{every x in [1, 2] { x > 0 }} and {some x in [5]; x == 5}
	nothing or {
		some x in [1, 2]
		x == 2
	}
}

test_with_counts_for_all_operands if {
	input.a and input.b with input as {"a": 1, "b": 2}
	input.c or input.a with input as {"a": 1}
	not (input.a and input.b) with input as {"a": 1}
}

test_with_counts_for_one_operand if {
	nothing or (input.a with input as {"a": 1})
	nothing or {input.a with input as {"a": 1}}
	not (input.a or input.b)
	(input.a with input as {"a": 1}) and (input.b with input as {"b": 1})
}

test_groups if {
	(yes or no)
	((no or nothing) or yes)
	(not nothing) and (not no)
	(1 + 2) * 3 == 9 or no
}

test_lines_may_end_at_operators if {
	nothing or
		yes
	nothing
		or yes
}

# Without the import, `not` asks for a value of each part of an expression first.
test_not_holds_if_a_part_has_no_value if {
	not count(input.nothing) == 1
	not sum([1, input.nothing]) == 3
}

test_not_of_a_body if {
	not {
		yes
		no
	}
	not {some x in [1, 2, 3]; x > 3}
	not {not yes}
	not {nothing} and yes
}

single if nothing or yes

single_not if not {
	some x in [1]
	x == 2
}

function(x) if x == 1 or x == 2

set contains x if {
	some x in [1, 2, 3, 4]
	(x == 1 or x == 3) and not {x == 3}
}

chain := 1 if {
	nothing
} else := 2 if no or nothing

else := 3 if ({nothing} or {yes})

test_in_rules if {
	single
	single_not
	function(1)
	function(2)
	not function(3)
	set == {1}
	chain == 3
}

test_words_stay_names_where_they_can if {
	[or({1}, {2}), and({1, 2}, {2})] == [{1, 2}, {2}]
	{"or": 1, "and": 2}.or == 1
	x := {"or": {"and": 3}}
	x.or.and == 3
}
