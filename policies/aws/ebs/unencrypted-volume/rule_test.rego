package trueline.rules.aws.ebs.unencrypted_volume_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.ebs.unencrypted_volume as rule

denied(t) := result if {
	result := rule.deny
		with data.trueline.resources as t.resources
		with data.trueline.links as t.links
		with data.trueline.backlinks as t.backlinks
		with data.trueline.settings as t.settings
		with data.trueline.params as t.params
		with data.trueline.provider_tags as t.provider_tags
}

undecided(t) := result if {
	result := rule.unknown
		with data.trueline.resources as t.resources
		with data.trueline.links as t.links
		with data.trueline.backlinks as t.backlinks
		with data.trueline.settings as t.settings
		with data.trueline.params as t.params
		with data.trueline.provider_tags as t.provider_tags
}

volume(values) := fixture.resource("aws_ebs_volume", "v", object.union({"encrypted": null, "kms_key_id": null}, values))

found(resources, settings) := result if {
	result := denied(fixture.trueline(resources, settings))
}

test_unset_is_found_with_its_fix if {
	some f in found([volume({})], fixture.with_key)
	f.msg == "`encrypted` is not set: this volume is not encrypted"
	f.fix == [{"set": "encrypted", "value": true}, {"default": "kms_key_id", "value": fixture.key_arn}]
	f.effects[0].kind == "replaces"
}

test_false_is_found if {
	some f in found([volume({"encrypted": false})], {})
	startswith(f.msg, "`encrypted` is false")
	count(f.fix) == 1
}

test_true_is_fine if count(found([volume({"encrypted": true})], {})) == 0

test_encryption_by_default_counts_in_its_region if {
	by_default := fixture.resource("aws_ebs_encryption_by_default", "d", {"enabled": true})
	count(found([volume({}), by_default], {})) == 0
	count(found([volume({}), fixture.but(by_default, {"region": "eu-west-1"})], {})) == 1
}

test_a_default_that_may_not_be_there_or_on_leaves_it_undecided if {
	by_default := fixture.resource("aws_ebs_encryption_by_default", "d", {"enabled": true})
	off := fixture.but(by_default, {"values": {"enabled": null}, "unknown": {"enabled": fixture.unknown("variable", "why")}})
	elsewhere := fixture.but(by_default, {"region": null})
	every d in [fixture.behind(by_default, "var.on"), off, elsewhere] {
		count(found([volume({}), d], {})) == 0
		count(undecided(fixture.trueline([volume({}), d], {}))) == 1
	}
	both := [fixture.behind(volume({}), "var.on"), fixture.behind(by_default, "var.on")]
	count(found(both, {})) == 0
	count(undecided(fixture.trueline(both, {}))) == 0
}

test_a_variable_without_value_is_undecided if {
	r := fixture.but(volume({}), {"unknown": {"encrypted": fixture.unknown("variable", "why")}})
	count(found([r], {})) == 0
	result := undecided(fixture.trueline([r], {}))
	count(result) == 1
}
