package trueline.rules.terraform.schema.unknown_type_test

import rego.v1

import data.trueline.rules.terraform.schema.unknown_type as rule

breach(kind, near) := {
	"kind": kind,
	"address": "aws_sqs_queue.q",
	"route": "x",
	"name": "x",
	"message": "what is wrong",
	"near": near,
	"file": "main.tf",
	"line": 3,
}

found(breaches) := result if {
	result := rule.deny with data.trueline.breaches as breaches
}

test_a_breach_is_found_at_its_line if {
	some f in found([breach("unknown-type", null)])
	f.msg == "what is wrong"
	f._loc == {"file": "main.tf", "line": 3}
	f.route == "x"
}

test_other_breaches_are_other_rules_business if {
	count(found([breach("something-else", null)])) == 0
}

test_no_breach_is_no_finding if {
	count(found([])) == 0
	count(rule.unknown) == 0
}
