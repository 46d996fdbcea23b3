package trueline.rules.terraform.schema.wrong_block_kind_test

import rego.v1

import data.trueline.rules.terraform.schema.wrong_block_kind as rule

breach(kind, near) := {
	"kind": kind,
	"address": "aws_sqs_queue.q",
	"route": "tags",
	"name": "tags",
	"message": "what is wrong",
	"near": near,
	"file": "main.tf",
	"line": 3,
}

found(breaches) := result if {
	result := rule.deny with data.trueline.breaches as breaches
}

test_a_breach_is_found_at_its_line if {
	some f in found([breach("wrong-block-kind", null)])
	f.msg == "what is wrong"
	f._loc == {"file": "main.tf", "line": 3}
	f.route == "tags"
}

test_other_breaches_are_other_rules_business if {
	count(found([breach("something-else", null)])) == 0
}

test_no_breach_is_no_finding if {
	count(found([])) == 0
	count(rule.unknown) == 0
}

test_what_is_written_out_is_spelled_the_other_way if {
	some f in found([object.union(breach("wrong-block-kind", null), {"literal": true})])
	f.fix == [{"respell": "tags"}]
	some g in found([object.union(breach("wrong-block-kind", null), {"literal": false})])
	not g.fix
}
