package cases.input_values

whole := input

test_scalars if {
	whole == 1 with input as 1
	whole == "s" with input as "s"
	whole == null with input as null
	whole == false with input as false
}

test_sets_and_composite_keys if {
	input == {1, 2} with input as {2, 1}
	input[[1]] == "x" with input as {[1]: "x"}
}

test_none_is_undefined if {
	not whole
	not input
	not input.x
}

test_empty_is_defined if {
	whole == {} with input as {}
	whole == [] with input as []
}

test_deep if {
	input.a[1].b["c d"] == 1 with input as {"a": [0, {"b": {"c d": 1}}]}
	not input.a[2] with input as {"a": [0, 1]}
}

test_iterated if {
	[x | some x in input] == [3, 1] with input as [3, 1]
	{k | some k, _ in input} == {"a", "b"} with input as {"a": 1, "b": 2}
	{i | input[i] == "x"} == {0, 2} with input as ["x", "y", "x"]
}

test_false_and_null_members if {
	not input.off with input as {"off": false}
	input.none == null with input as {"none": null}
	input.off == false with input as {"off": false}
}
