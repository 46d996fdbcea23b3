package cases.template_strings

name := "ada"

list contains x if some x in [3, 1]

plural(n) := "s" if n != 1

plural(1) := ""

test_values if {
	$"hello, {name}!" == "hello, ada!"
	$"{1}{"a"}{true}{null}" == "1atruenull"
	$"" == ""
	$"no braces" == "no braces"
}

test_expressions if {
	$"{1 + 2} and {count([1, 2])}" == "3 and 2"
	$"{upper(name)}" == "ADA"
	$"3 item{plural(3)}, 1 item{plural(1)}" == "3 items, 1 item"
}

test_collections if {
	$"{[1, "a"]}" == `[1, "a"]`
	$"{{"k": 1}}" == `{"k": 1}`
	$"{list}" == "{1, 3}"
}

test_undefined_parts_are_told if {
	$"x is {input.nope}" == "x is <undefined>"
	$"{data.fleet.none.at_all}." == "<undefined>."
}

test_escaped_braces if {
	$"\{not a part}" == "{not a part}"
	$"\{{1}}" == "{1}"
}

test_escapes if $"a\tb\"{"c"}\"" == "a\tb\"c\""

test_raw if {
	$`C:\{name}` == "C:{name}"
	$`raw\n{name}` == `raw\nada`
}

test_nested if $"outer {$"inner {name}"}" == "outer inner ada"

test_locals_and_input if {
	x := 5
	$"{x}-{input.y}" == "5-6" with input as {"y": 6}
}

test_as_arguments_and_keys if {
	{$"k{1}": 2} == {"k1": 2}
	startswith($"{name} lovelace", "ada")
	some n in [1, 2]
	$"n{n}" == "n2"
}
