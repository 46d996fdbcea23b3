package trueline.rules.aws.ec2.unencrypted_block_device_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.ec2.unencrypted_block_device as rule

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

instance(values) := fixture.resource("aws_instance", "i", object.union(
	{"root_block_device": [], "ebs_block_device": [], "launch_template": []},
	values,
))

device(encrypted) := {"encrypted": encrypted, "kms_key_id": null, "snapshot_id": null}

found(resources, settings) := result if {
	result := denied(fixture.trueline(resources, settings))
}

open(resources) := result if {
	result := undecided(fixture.trueline(resources, {}))
}

test_an_instance_without_a_root_block_gets_one if {
	some f in found([instance({})], {})
	f.route == "root_block_device"
	f.fix == [{"set": "root_block_device[0].encrypted", "value": true}]
	f.effects[0].kind == "replaces"
}

test_an_unset_block_is_no_block if count(found([instance({"root_block_device": null})], {})) == 1

test_every_block_counts if {
	r := instance({"root_block_device": [device(true)], "ebs_block_device": [device(false), device(true), device(null)]})
	routes := {f.route | some f in found([r], {})}
	routes == {"ebs_block_device[0].encrypted", "ebs_block_device[2].encrypted"}
}

test_the_organizations_key_is_used_on_instances if {
	some f in found([instance({"root_block_device": [device(false)]})], fixture.with_key)
	f.fix[1] == {"default": "root_block_device[0].kms_key_id", "value": fixture.key_arn}
}

test_encrypted_blocks_are_fine if {
	count(found([instance({"root_block_device": [device(true)]})], {})) == 0
}

test_the_launch_template_decides if {
	r := instance({"launch_template": [{"id": "lt-1"}]})
	count(found([r], {})) == 0
	count(open([r])) == 1
}

test_a_snapshot_decides if {
	r := instance({"root_block_device": [device(true)], "ebs_block_device": [{"encrypted": null, "snapshot_id": "snap-1"}]})
	count(found([r], {})) == 0
	count(open([r])) == 1
}

mapping(encrypted) := {"device_name": "/dev/xvda", "ebs": [{"encrypted": encrypted, "snapshot_id": ""}]}

test_mappings_of_launch_templates_count if {
	template := fixture.resource("aws_launch_template", "t", {"block_device_mappings": [mapping("false"), mapping("true"), mapping("")]})
	all := found([template], fixture.with_key)
	{f.route | some f in all} == {"block_device_mappings[0].ebs[0].encrypted", "block_device_mappings[2].ebs[0].encrypted"}
	every f in all {
		count(f.fix) == 1
		not f.effects
	}
}

test_a_launch_configuration_keeps_the_managed_key if {
	configuration := fixture.resource("aws_launch_configuration", "c", {"root_block_device": [device(null)], "ebs_block_device": []})
	some f in found([configuration], fixture.with_key)
	count(f.fix) == 1
}

test_encryption_by_default_counts if {
	by_default := fixture.resource("aws_ebs_encryption_by_default", "d", {"enabled": true})
	count(found([instance({}), by_default], {})) == 0
}

test_a_default_that_may_not_be_there_leaves_it_undecided if {
	by_default := fixture.behind(fixture.resource("aws_ebs_encryption_by_default", "d", {"enabled": true}), "var.on")
	every values in [{}, {"root_block_device": [{"encrypted": false}]}] {
		count(found([instance(values), by_default], {})) == 0
		count(open([instance(values), by_default])) == 1
	}
}

test_unknown_blocks_are_undecided if {
	r := fixture.but(instance({"root_block_device": null}), {"unknown": {"root_block_device": fixture.unknown("variable", "why")}})
	count(found([r], {})) == 0
	some u in open([r])
	u.route == "root_block_device"
}

test_an_unknown_value_is_undecided if {
	r := fixture.but(
		instance({"root_block_device": [device(null)]}),
		{"unknown": {"root_block_device[0].encrypted": fixture.unknown("variable", "why")}},
	)
	count(found([r], {})) == 0
	count(open([r])) == 1
}
