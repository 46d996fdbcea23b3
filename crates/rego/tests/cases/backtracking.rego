package cases.backtracking

# What an attempt bound is free again for the next one.
rows := [[1, [2]], [1, null], [3, [2]], [4, [2, 2]], "text", {"a": 1}]

points := {"a": {"x": 1, "y": {"v": 2}}, "b": {"x": 2, "y": null}, "c": {"x": 3, "y": {"v": 2}}, "d": {"x": 4}}

reachable contains [a, b] if {
	some a, _ in edges
	some b in edges[a]
}

edges := {"a": ["b", "c"], "b": ["c"], "c": []}

test_arrays_of_other_types if {
	found := {x | [x, [2]] = rows[_]}
	found == {1, 3}
}

test_arrays_of_other_lengths if {
	found := {[x, y] | [x, [2, y]] = rows[_]}
	found == {[4, 2]}
}

test_objects_of_other_types if {
	found := {x | {"x": x, "y": {"v": 2}} = points[_]}
	found == {1, 3}
}

test_objects_with_other_keys if {
	found := {x | {"x": x} = points[_]}
	found == {4}
}

test_from_the_other_side if {
	found := {x | points[_] = {"x": x, "y": null}}
	found == {2}
}

test_base_documents if {
	found := {id | data.fleet.servers[_] = {"id": id, "zone": "north", "ports": [_], "tags": _}}
	found == {"db-1"}
}

test_rules_inside_patterns if {
	found := {a | reachable[[a, "c"]]}
	found == {"a", "b"}
	ends := {b | reachable[["a", b]]}
	ends == {"b", "c"}
}

test_conditions_after_patterns if {
	found := [[a, b] |
		[a, b] = [[1, 2], [2, 1], [3, 4]][_]
		a < b
	]
	found == [[1, 2], [3, 4]]
}

test_functions_in_between if {
	found := {s | s := split("a,b;c", [",", ";"][_])[_]; count(s) == 1}
	found == {"a", "c"}
}

test_negation_sees_what_is_bound if {
	found := {a | some a, ends in edges; not "c" in ends; count(ends) == 0}
	found == {"c"}
}

test_permutations if {
	found := [[a, b, c] |
		some a in [1, 2, 3]
		some b in [1, 2, 3]
		some c in [1, 2, 3]
		count({a, b, c}) == 3
	]
	count(found) == 6
	found[0] == [1, 2, 3]
	found[5] == [3, 2, 1]
}
