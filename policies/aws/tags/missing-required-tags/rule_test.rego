package trueline.rules.aws.tags.missing_required_tags_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.tags.missing_required_tags as rule

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

required := {"required_tags": {"Owner": "platform", "Cost Center": {"hcl": "var.cost_center"}}}

vpc(tags) := fixture.resource("aws_vpc", "v", {"tags": tags})

found(resources, settings) := result if {
	result := denied(fixture.trueline(resources, settings))
}

provided(r, tags, unknown) := object.union(
	fixture.trueline([r], required),
	{"provider_tags": {r.address: {"tags": tags, "unknown": unknown, "provider": "aws"}}},
)

test_a_resource_without_tags_gets_them if {
	some f in found([vpc(null)], required)
	f.msg == "this resource has no tags: `Cost Center`, `Owner` are required"
	f.route == "tags"
	f.fix == [
		{"default": "tags[\"Cost Center\"]", "hcl": "var.cost_center"},
		{"default": "tags.Owner", "value": "platform"},
	]
	f.needs == []
}

test_only_what_is_missing_is_added if {
	some f in found([vpc({"Owner": "me", "Name": "x"})], required)
	f.msg == "the tags lack `Cost Center`"
	count(f.fix) == 1
}

test_an_empty_tag_is_replaced if {
	some f in found([vpc({"Owner": " ", "Cost Center": "1"})], required)
	f.fix == [{"set": "tags.Owner", "value": "platform"}]
}

test_a_tag_set_to_null_is_none if {
	some f in found([vpc({"Owner": null, "Cost Center": "1"})], required)
	f.fix == [{"default": "tags.Owner", "value": "platform"}]
}

test_all_tags_are_fine_whatever_their_value if {
	count(found([vpc({"Owner": "me", "Cost Center": "1"})], required)) == 0
}

test_a_value_that_is_known_later_counts if {
	r := fixture.but(vpc({"Owner": null, "Cost Center": null}), {"unknown": {
		"tags.Owner": fixture.unknown("variable", "why"),
		"tags[\"Cost Center\"]": fixture.computed("aws_x.y.id"),
	}})
	count(found([r], required)) == 0
}

test_default_tags_of_the_provider_count if {
	result := denied(provided(vpc(null), {"Owner": "org", "Cost Center": "1"}, false))
	count(result) == 0
}

test_a_default_tag_that_the_resource_takes_away_does_not_count if {
	result := denied(provided(vpc({"Owner": "", "Cost Center": "1"}), {"Owner": "org"}, false))
	count(result) == 1
}

test_null_takes_no_default_tag_away if {
	result := denied(provided(vpc({"Owner": null, "Cost Center": "1"}), {"Owner": "org"}, false))
	count(result) == 0
}

test_a_default_tag_that_is_empty_does_not_count if {
	every empty in ["", " "] {
		result := denied(provided(vpc({"Cost Center": "1"}), {"Owner": empty}, false))
		some f in result
		f.msg == "the tags lack `Owner`"
	}
}

iam(type, tags) := fixture.resource(type, "r", {"tags": tags})

test_other_letters_are_the_same_key_to_iam if {
	every type in ["aws_iam_role", "aws_iam_user", "aws_iam_service_linked_role"] {
		result := found([iam(type, {"owner": "me", "Cost Center": "1"})], required)
		count(result) == 1
		some f in result
		f.msg == "the tag `owner` stands in the way of `Owner`: to IAM the two are one key"
		f.route == "tags.owner"
		not f.fix
	}
}

test_what_iam_lacks_beside_it_is_added if {
	result := found([iam("aws_iam_role", {"owner": "me"})], required)
	count(result) == 2
	some f in result
	f.msg == "the tags lack `Cost Center`"
	f.fix == [{"default": "tags[\"Cost Center\"]", "hcl": "var.cost_center"}]
}

test_default_tags_in_other_letters_count_for_iam if {
	role := iam("aws_iam_role", null)
	result := denied(provided(role, {"OWNER": "org", "Cost Center": "1"}, false))
	count(result) == 1
	some f in result
	f.route == "tags"
	not f.fix
}

test_both_spellings_are_refused_by_iam if {
	role := iam("aws_iam_role", {"owner": "me", "Cost Center": "1"})
	result := denied(provided(role, {"Owner": "org"}, false))
	{f.msg | some f in result} == {
		"the tag `owner` stands in the way of `Owner`: to IAM the two are one key",
		"the tags `owner` and `Owner` are one key to IAM, which refuses both together",
	}
}

test_an_unknown_value_has_a_key if {
	role := fixture.but(iam("aws_iam_role", {"owner": null, "Cost Center": "1"}), {"unknown": {"tags.owner": fixture.unknown("variable", "why")}})
	count(found([role], required)) == 1
	none := iam("aws_iam_role", {"owner": null, "Cost Center": "1"})
	some f in found([none], required)
	f.msg == "the tags lack `Owner`"
}

test_elsewhere_letters_count if {
	every type in ["aws_vpc", "aws_iam_policy", "aws_iam_instance_profile"] {
		some f in found([iam(type, {"owner": "me", "Cost Center": "1"})], required)
		f.msg == "the tags lack `Owner`"
		count(f.fix) == 1
	}
}

test_unknown_default_tags_leave_it_undecided if {
	none := denied(provided(vpc(null), {}, true))
	count(none) == 0
	open := undecided(provided(vpc(null), {}, true))
	count(open) == 1
}

test_unknown_tags_leave_it_undecided if {
	r := fixture.but(vpc(null), {"unknown": {"tags": fixture.unknown("variable", "`var.tags` has no value")}})
	count(found([r], required)) == 0
	open := undecided(fixture.trueline([r], required))
	some u in open
	contains(u.msg, "`var.tags` has no value")
}

test_updates_count_and_removals_do_not if {
	count(found([fixture.but(vpc(null), {"actions": ["update"]})], required)) == 1
	count(found([fixture.but(vpc(null), {"actions": ["delete"]})], required)) == 0
}

test_without_a_setting_nothing_is_required if count(found([vpc(null)], {})) == 0

test_names_without_values_are_only_reported if {
	some f in found([vpc(null)], {"required_tags": ["Owner"]})
	f.msg == "this resource has no tags: `Owner` is required"
	f.fix == []
	f.needs == ["settings.required_tags.Owner"]
}

test_types_without_tags_are_left_alone if {
	r := fixture.resource("aws_s3_bucket_versioning", "v", {"bucket": "b"})
	count(found([r], required)) == 0
}

test_tags_of_another_shape_are_left_alone if {
	r := fixture.resource("aws_devopsguru_resource_collection", "c", {"tags": []})
	count(found([r], required)) == 0
}

test_another_value_is_a_finding_only_if_asked_for if {
	r := vpc({"Owner": "me", "Cost Center": "1"})
	trueline := object.union(
		fixture.trueline([r], required),
		{"params": {"aws/tags/missing-required-tags": {"match_values": true}}},
	)
	result := denied(trueline)
	some f in result
	f.msg == "the tag `Owner` is \"me\", not \"platform\""
	f.fix == [{"set": "tags.Owner", "value": "platform"}]
}

test_auto_scaling_groups_have_blocks if {
	group := fixture.resource("aws_autoscaling_group", "g", {"tag": [{"key": "Owner", "value": "me", "propagate_at_launch": true}]})
	some f in found([group], {"required_tags": {"Owner": "platform", "Env": "prod"}})
	f.msg == "no `tag` block gives `Env`"
	f.fix == [{"set": "tag[1]", "value": {"key": "Env", "value": "prod", "propagate_at_launch": true}}]
}

test_a_group_whose_tags_are_a_list_gets_no_block if {
	entry := {"key": "Owner", "value": "me", "propagate_at_launch": "true"}
	group := fixture.resource("aws_autoscaling_group", "g", {"tag": [], "tags": [entry]})
	some f in found([group], {"required_tags": {"Owner": "platform", "Env": "prod"}})
	f.msg == "no element of `tags` gives `Env`"
	f.fix == []
	contains(f.help, "the list `tags`")
	complete := fixture.resource("aws_autoscaling_group", "g", {"tag": [], "tags": [entry]})
	count(found([complete], {"required_tags": {"Owner": "platform"}})) == 0
	empty := fixture.resource("aws_autoscaling_group", "g", {"tag": [], "tags": []})
	some g in found([empty], {"required_tags": {"Owner": "platform"}})
	count(g.fix) == 1
}

test_an_unknown_list_of_tags_of_a_group_leaves_it_undecided if {
	every route in ["tags", "tags[0]", "tags[0].key"] {
		group := fixture.but(
			fixture.resource("aws_autoscaling_group", "g", {"tag": [], "tags": [{"key": null, "value": "me"}]}),
			{"unknown": {route: fixture.unknown("variable", "why")}},
		)
		count(found([group], required)) == 0
		count(undecided(fixture.trueline([group], required))) == 1
	}
}

test_unknown_blocks_of_a_group_leave_it_undecided if {
	group := fixture.but(
		fixture.resource("aws_autoscaling_group", "g", {"tag": null}),
		{"unknown": {"tag": fixture.unknown("variable", "why")}},
	)
	count(found([group], required)) == 0
	open := undecided(fixture.trueline([group], required))
	count(open) == 1
}
