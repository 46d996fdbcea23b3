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

test_a_snapshot_decides_unless_the_volume_says_yes if {
	every encrypted, verdicts in {null: [0, 1], false: [0, 1], true: [0, 0]} {
		every r in [
			volume({"encrypted": encrypted, "snapshot_id": "snap-1"}),
			fixture.but(volume({"encrypted": encrypted}), {"unknown": {"snapshot_id": fixture.computed("module.x.id")}}),
			fixture.but(volume({"encrypted": encrypted}), {"unknown": {"snapshot_id": fixture.unknown("variable", "why")}}),
		] {
			result := undecided(fixture.trueline([r], {}))
			[count(found([r], {})), count(result)] == verdicts
		}
	}
	by_default := fixture.resource("aws_ebs_encryption_by_default", "d", {"enabled": true})
	result := undecided(fixture.trueline([volume({"snapshot_id": "snap-1"}), by_default], {}))
	count(result) == 0
}

# A volume, its snapshot, and the volume of which that was made.
chain(encrypted) := object.union(fixture.trueline([made, snapshot, source], {}), {"links": {
	made.address: [link("snapshot_id", snapshot)],
	snapshot.address: [link("volume_id", source)],
}}) if {
	made := fixture.but(volume({}), {"unknown": {"snapshot_id": fixture.computed("aws_ebs_snapshot.s.id")}})
	snapshot := fixture.resource("aws_ebs_snapshot", "s", {})
	source := fixture.but(volume({"encrypted": encrypted}), {"address": "aws_ebs_volume.source"})
}

link(route, to) := {"route": route, "to": to.address, "type": to.type, "attribute": "id", "certain": true}

test_the_modules_own_snapshots_are_followed if {
	of_encrypted := chain(true)
	of_plain := chain(null)
	count(denied(of_encrypted)) + count(undecided(of_encrypted)) == 0
	{f.address | some f in denied(of_plain)} == {"aws_ebs_volume.v", "aws_ebs_volume.source"}
	count(undecided(of_plain)) == 0
}
