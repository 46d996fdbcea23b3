package cases.hello

greeting := "hello, world"

answer := 42 if true

pi := 3.14

test_a_constant if greeting == "hello, world"

test_a_constant_with_a_body if answer == 42

test_another_package_sees_it if data.cases.hello.greeting == "hello, world"

test_a_whole_package_is_an_object if {
	doc := data.cases.support.people
	doc.admins == {"ada", "grace"}
	doc.default_role == "reader"
}

test_unknown_packages_are_undefined if not data.cases.nobody.home

test_numbers_keep_their_kind if {
	pi > 3
	type_name(pi) == "number"
}
