package cases.old_documents

# Values of one package, read through its document.
a = {"b": [1, {"c": "deep"}]}

p[x] { x := a.b[_] }

q[k] = v { v := a[k] }

r = x { x := q.b[0] }

joined[[s.id, z.rank]] {
	s := data.fleet.servers[_]
	z := data.fleet.zones[s.zone]
}

ports[port] { port := data.fleet.servers[_].ports[_] }

double_lookup[id] {
	zone := data.fleet.servers[i].zone
	data.fleet.zones[zone].rank == 1
	id := data.fleet.servers[i].id
}

test_virtual_documents {
	p == {1, {"c": "deep"}}
	q.b[1].c == "deep"
	r == 1
}

test_joins {
	joined == {["db-1", 2], ["web-1", 2], ["web-2", 1]}
	double_lookup == {"web-2"}
}

test_sets_of_iterated_values {
	ports == {80, 443, 5432}
	ports[80]
	not ports[81]
}

test_the_document_of_a_package {
	doc := data.cases.rules.constants
	doc.a == 1
	data.cases.rules.greeting == "hello"
	data["cases"]["rules"].zone_of["db-1"] == "north"
}

test_keys_with_variables {
	x := "greeting"
	data.cases.rules[x] == "hello"
	names := {n | data.cases.rules.constants[n]}
	names == {"a", "b"}
}

test_input_documents {
	input == 1 with input as 1
	input[1] == "b" with input as ["a", "b"]
	not input.x with input as {}
}
