package cases.base_and_virtual

import data.cases.mixed

test_rules_and_data_below_one_package if {
	data.cases.mixed.base.kept == "from data"
	data.cases.mixed.computed == [10, 20]
	mixed.base_sum == 30
}

test_the_package_holds_both if {
	found := {name | some name in ["base", "virtual_too", "computed"]; data.cases.mixed[name]}
	found == {"base", "computed", "virtual_too"}
}

test_rules_below_a_document_with_data if {
	data.cases.mixed.virtual_too.from_data == 1
	data.cases.support.people.ages.ada == 36
}

test_iteration_goes_over_data if {
	found := {[i, x] | x := data.cases.mixed.base.numbers[i]}
	found == {[0, 10], [1, 20]}
}

test_deep_data if {
	data.fleet.matrix[1][2] == 6
	[m | m := data.fleet.matrix[_][_]; m > 4] == [5, 6]
}

test_data_of_every_type if {
	data.fleet.nothing == null
	data.fleet.flag == false
	data.fleet.empty == {}
	not data.fleet.missing
}

test_replaced_data_is_seen_by_rules if {
	mixed.base_sum == 3 with data.cases.mixed.base.numbers as [1, 2]
	mixed.computed == [] with data.cases.mixed.base.numbers as []
}

test_data_as_a_value if {
	d := data.fleet.zones
	d.north.rank + d.south.rank == 3
	count(data.fleet["odd keys"]) == 3
}
