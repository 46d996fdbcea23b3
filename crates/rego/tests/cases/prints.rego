package cases.prints

shout(x) := y if {
	print("shouting", x)
	y := upper(x)
}

quiet contains x if {
	some x in [1, 2]
	print(x, "seen")
}

test_is_always_true if {
	print("one")
	print()
	print(1, [2], {"three": 3}, null)
}

test_of_undefined_goes_on if {
	print("there is no", input.nope.at_all)
	print(data.fleet.nothing.more)
}

test_in_functions_and_rules if {
	shout("a") == "A"
	quiet == {1, 2}
}

test_in_comprehensions if {
	[x | some x in [1, 2]; print(x)] == [1, 2]
}

test_trace_is_always_true if {
	trace("a note")
	trace(sprintf("%d", [1]))
}
