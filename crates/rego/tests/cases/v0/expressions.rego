package cases.expressions

servers = data.fleet.servers

test_references_and_iteration {
	servers[i].id == "db-1"
	i == 2
	ids := {id | id := servers[_].id}
	ids == {"db-1", "web-1", "web-2"}
	data.fleet.matrix[_][2] == 6
}

test_some {
	some i
	servers[i].zone == "south"
	servers[i].id == "web-2"
}

test_comprehensions {
	[x | x := [1, 2, 3][_]; x > 1] == [2, 3]
	{x | x := "aba"} == {"aba"}
	{k: v | v := data.fleet.limits[k]} == {"ledger": 1, "shop": 2}
	[[x | x := [1, 2][_]; x < y] | y := [2, 3][_]] == [[1], [1, 2]]
}

test_unification {
	[x, {"k": y}] = [1, {"k": 2}]
	x + y == 3
	a = b
	b = 4
	a == 4
}

test_assignment {
	[x, y] := [1, 2]
	x < y
}

test_negation {
	not data.fleet.flag
	not data.fleet.nowhere.at_all
	data.fleet.nothing == null
}

test_with {
	input.a == 1 with input as {"a": 1}
	input.a.b == 2 with input.a.b as 2
	count(servers) == 1 with data.fleet.servers as [{}]
	count("four") == 7 with count as 7
}

test_sets_and_operators {
	{1, 2} | {3} == {1, 2, 3}
	{1, 2} & {2} == {2}
	{1, 2} - {2} == {1}
	set() == {x | x := 1; x > 1}
}

test_old_builtins {
	any([false, true])
	all([true])
	re_match("^a", "abc")
	set_diff({1, 2}, {1}) == {2}
	cast_array({1}) == [1]
	net.cidr_overlap("10.0.0.0/8", "10.0.0.1")
}

test_words_that_were_no_keywords_yet {
	contains("abc", "b")
	if := 1
	every := 2
	if + every == 3
}

test_numbers_and_strings {
	1 == 1.0
	0.1 + 0.2 == 0.3
	`raw\n` == "raw\\n"
	sprintf("%v", [{"a": 1}]) == `{"a": 1}`
	12345678901234567890123 + 1 == 12345678901234567890124
}

test_expressions_as_values {
	x := 1 == 2
	x == false
	y := count([1, 2]) + 1
	y == 3
}
