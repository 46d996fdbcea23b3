package cases.imports

import rego.v1

import data.cases.support.people
import data.cases.support.people.deeper as below
import data.fleet.limits
import data.fleet.limits.shop as shop_limit
import input.request
import input.request.user as caller

test_of_packages if people.default_role == "reader"

test_of_functions if people.role("grace") == "admin"

test_with_other_names if below.depth == 2

test_of_base_documents if {
	limits.ledger == 1
	shop_limit == 2
}

test_of_input if {
	request.method == "GET" with input as {"request": {"method": "GET"}}
	caller == "ada" with input as {"request": {"user": "ada"}}
	not caller with input as {}
}

test_of_missing_input_are_undefined if not request

test_locals_hide_them if {
	limits := {"ledger": 9}
	limits.ledger == 9
	data.fleet.limits.ledger == 1
}

test_replaced_by_with if {
	limits.shop == 7 with limits.shop as 7
	below.depth == 9 with below.depth as 9
}

test_in_keys_and_values if {
	{"limit": shop_limit, "role": people.role("ada")} == {"limit": 2, "role": "admin"}
	[x | some x in [below.depth]] == [2]
}
