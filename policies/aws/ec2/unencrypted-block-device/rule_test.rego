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

# What blocks may be made from, and what they say.
link(r, route, to) := {"links": {r.address: [{"route": route, "to": to.address, "type": to.type, "attribute": "id", "certain": true}]}}

linked(resources, links) := object.union(fixture.trueline(resources, {}), links)

test_devices_that_are_left_out_are_no_volumes if {
	every no_device, count_of in {"true": 0, "": 1, null: 1} {
		template := fixture.resource("aws_launch_template", "t", {"block_device_mappings": [object.union(mapping(""), {"no_device": no_device})]})
		count(found([template], {})) == count_of
	}
	every no_device, count_of in {true: 0, false: 1, null: 1} {
		configuration := fixture.resource("aws_launch_configuration", "c", {
			"root_block_device": [device(true)],
			"ebs_block_device": [object.union(device(null), {"no_device": no_device})],
		})
		count(found([configuration], {})) == count_of
		count(open([configuration])) == 0
	}
	unsure := fixture.but(
		fixture.resource("aws_launch_template", "t", {"block_device_mappings": [mapping("")]}),
		{"unknown": {"block_device_mappings[0].no_device": fixture.unknown("variable", "why")}},
	)
	count(found([unsure], {})) == 0
	count(open([unsure])) == 1
}

test_a_template_without_mappings_leaves_it_to_the_image if {
	template := fixture.resource("aws_launch_template", "t", {"block_device_mappings": [], "image_id": "ami-1"})
	count(found([template], {})) == 0
	some u in open([template])
	u.route == "block_device_mappings"
	encrypted := fixture.resource("aws_ami_copy", "a", {"encrypted": true})
	result := undecided(linked([template, encrypted], link(template, "image_id", encrypted)))
	count(result) == 0
}

test_images_of_the_module_decide if {
	every r in [instance({}), instance({"root_block_device": [device(null)]})] {
		every image, verdicts in {
			fixture.resource("aws_ami_copy", "a", {"encrypted": true}): [0, 0],
			fixture.resource("aws_ami_copy", "a", {"encrypted": false}): [0, 1],
			fixture.resource("aws_ami_from_instance", "a", {}): [0, 1],
			fixture.but(fixture.resource("aws_ami", "a", {}), {"mode": "data"}): [1, 0],
		} {
			t := linked([r, image], link(r, "ami", image))
			[count(denied(t)), count(undecided(t))] == verdicts
		}
	}
}

test_snapshots_times_what_the_block_says if {
	base := instance({"root_block_device": [device(true)]})
	route := "ebs_block_device[0].snapshot_id"
	every encrypted in [null, false] {
		block := fixture.but(base, {"values": object.union(base.values, {"ebs_block_device": [device(encrypted)]})})
		open_snapshot := fixture.but(block, {"unknown": {route: fixture.unknown("variable", "why")}})
		count(found([open_snapshot], {})) == 0
		count(open([open_snapshot])) == 1
		r := fixture.but(block, {"unknown": {route: fixture.computed("x")}})
		every of_copy, verdicts in {true: [0, 0], false: [0, 1]} {
			copy := fixture.resource("aws_ebs_snapshot_copy", "s", {"encrypted": of_copy})
			t := linked([r, copy], link(r, route, copy))
			[count(denied(t)), count(undecided(t))] == verdicts
		}
	}
	sure := fixture.but(base, {"values": object.union(base.values, {"ebs_block_device": [{"encrypted": true, "snapshot_id": "snap-1"}]})})
	count(open([sure])) == 0
}

test_every_block_that_is_not_known_is_undecided if {
	every type, routes in {
		"aws_instance": ["root_block_device", "ebs_block_device", "ebs_block_device[0]"],
		"aws_launch_configuration": ["root_block_device", "ebs_block_device[1]"],
		"aws_launch_template": ["block_device_mappings", "block_device_mappings[0]", "block_device_mappings[0].ebs", "block_device_mappings[1].ebs[0]"],
	} {
		every route in routes {
			r := fixture.but(
				fixture.resource(type, "r", {"root_block_device": [device(true)], "ebs_block_device": [], "block_device_mappings": [], "launch_template": []}),
				{"unknown": {route: fixture.unknown("variable", "why")}},
			)
			some u in open([r])
			u.route == route
		}
	}
	unsure := fixture.but(instance({}), {"unknown": {"launch_template": fixture.unknown("variable", "why")}})
	count(found([unsure], {})) == 0
	count(open([unsure])) == 1
}
