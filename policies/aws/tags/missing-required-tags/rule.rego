# METADATA
# title: Resource without the tags that the organization requires
# description: >-
#   Tags say who owns a resource, what it is for and who pays for it. Without them nobody can be asked in an incident, cost can't be
#   charged, and policies that go by tags do not see the resource.
# custom:
#   id: aws/tags/missing-required-tags
#   severity: low
#   profile: baseline
#   resources: ['*']
#   controls:
#     soc2: [CC2.1, CC6.1]
#     nist-800-53-r5: [CM-8]
#     pci-dss-4.0: ['12.5.1']
#     iso-27001-2022: [A.5.9, A.5.13]
#   settings: [required_tags]
#   params:
#     match_values: If true, a tag that has another value than the settings give is a finding too.
#   help: Add the tags, in the resource or in `default_tags` of the provider.
#   fix: >-
#     Adds the tags whose value the settings give: in `default_tags` of the root's own provider block where several resources lack the same
#     ones, else in the local or variable that they share, else in the resource. Names without a value are reported only.
package trueline.rules.aws.tags.missing_required_tags

import rego.v1

import data.trueline.lib.plan

id := "aws/tags/missing-required-tags"

# Required names with the value to fill in; null where the settings give none.
required := plan.settings.required_tags if is_object(plan.settings.required_tags)

required := names if {
	is_array(plan.settings.required_tags)
	names := {name: null | some name in plan.settings.required_tags}
}

# Types whose `tags` are not the resource's own tags.
other := {"aws_autoscaling_group", "aws_devopsguru_resource_collection", "aws_inspector_resource_group"}

deny contains {
	"address": r.address,
	"route": "tags",
	"msg": message(r, missing),
	"fix": operations(r, missing),
	"needs": needs(missing),
	"help": help(missing),
} if {
	some r in taggable
	missing := [name | some name, _ in required; absent(r, name)]
	count(missing) > 0
}

unknown contains {
	"address": r.address,
	"route": "tags",
	"msg": sprintf("whether the tags %s are there can't be decided: %s", [plan.listed(open, 6), why]),
	"why": why,
} if {
	some r in taggable
	open := [name | some name, _ in required; undecided(r, name)]
	count(open) > 0
	why := reason(r)
}

# A tag that has another value, where the rule's parameter asks for that.
deny contains {
	"address": r.address,
	"route": sprintf("tags%s", [plan.step(name)]),
	"msg": sprintf("the tag `%s` is \"%s\", not \"%s\"", [name, r.values.tags[name], value]),
	"fix": [{"set": sprintf("tags%s", [plan.step(name)]), "value": value}],
} if {
	plan.param(id, "match_values", false) == true
	some r in taggable
	some name, value in required
	is_string(value)
	is_string(r.values.tags[name])
	r.values.tags[name] != ""
	r.values.tags[name] != value
}

taggable contains r if {
	some type, resources in data.trueline.resources
	startswith(type, "aws_")
	not type in other
	required
	some r in resources
	"tags" in object.keys(r.values)
	not dropped(r)
}

# What the plan removes needs no tags.
dropped(r) if r.actions in [["delete"], ["forget"]]

absent(r, name) if {
	not whole_unknown(r)
	not present(r, name)
	not provided(r, name)
	not provider_unknown(r)
	not other_spelling(r, name)
}

undecided(r, name) if {
	whole_unknown(r)
	not provided(r, name)
}

undecided(r, name) if {
	not whole_unknown(r)
	not present(r, name)
	not provided(r, name)
	provider_unknown(r)
}

whole_unknown(r) if r.unknown.tags

# Keys of tags that differ in nothing but case are one key for IAM's roles and users, and two anywhere else.
case_blind := {"aws_iam_role", "aws_iam_user", "aws_iam_service_linked_role"}

# The key that stands in the place of a required one.
other_spelling(r, name) := min(found) if {
	r.type in case_blind
	found := {key | some key in keys(r); key != name; lower(key) == lower(name)}
	count(found) > 0
}

keys(r) := {key | some key, value in own(r); value != null} |
	{key | some key, _ in own(r); r.unknown[sprintf("tags%s", [plan.step(key)])]} |
	{key | some key, _ in data.trueline.provider_tags[r.address].tags}

deny contains {
	"address": r.address,
	"route": place(r, key),
	"msg": sprintf("the tag `%s` stands in the way of `%s`: to IAM the two are one key", [key, name]),
	"help": sprintf("Give the tag the name `%s`, here or in `default_tags` of the provider.", [name]),
} if {
	some r in taggable
	some name, _ in required
	key := other_spelling(r, name)
}

deny contains {
	"address": r.address,
	"route": place(r, name),
	"msg": sprintf("the tags `%s` and `%s` are one key to IAM, which refuses both together", [key, name]),
	"help": sprintf("Keep `%s` alone; a default tag of the provider can't be taken away by a resource.", [name]),
} if {
	some r in taggable
	some name, _ in required
	name in keys(r)
	key := other_spelling(r, name)
}

place(r, key) := sprintf("tags%s", [plan.step(key)]) if key in object.keys(own(r))

place(r, key) := "tags" if not key in object.keys(own(r))

# A known value that says something, or one that will be known.
present(r, name) if {
	value := r.values.tags[name]
	is_string(value)
	trim_space(value) != ""
}

present(r, name) if r.unknown[sprintf("tags%s", [plan.step(name)])]

# Given by `default_tags` of the provider. A tag that is null is none of the resource's own; `""` is one.
provided(r, name) if {
	tag := data.trueline.provider_tags[r.address].tags[name]
	not blank(tag)
	object.get(own(r), name, null) == null
}

blank(tag) if {
	is_string(tag)
	trim_space(tag) == ""
}

own(r) := r.values.tags if is_object(r.values.tags)

default own(_) := {}

provider_unknown(r) if data.trueline.provider_tags[r.address].unknown

reason(r) := r.unknown.tags.why

reason(r) := "the provider's `default_tags` are not known" if not whole_unknown(r)

message(r, missing) := sprintf("this resource has no tags: %s required", [words(missing)]) if {
	count(keys(r)) == 0
}

message(r, missing) := sprintf("the tags lack %s", [plan.listed(missing, 8)]) if {
	count(keys(r)) > 0
}

words(missing) := sprintf("%s is", [plan.listed(missing, 8)]) if count(missing) == 1

words(missing) := sprintf("%s are", [plan.listed(missing, 8)]) if count(missing) > 1

help(missing) := sprintf("Add the tags %s, in the resource or in `default_tags` of the provider.", [plan.listed(missing, 8)])

operations(r, missing) := [object.union({kind(r, name): sprintf("tags%s", [plan.step(name)])}, content(required[name])) |
	some name in missing
	required[name] != null
]

# Names for which the settings give nothing to fill in.
needs(missing) := [sprintf("settings.required_tags.%s", [name]) |
	some name in missing
	required[name] == null
]

# An empty tag is replaced; one that is not there is added.
kind(r, name) := "set" if object.get(own(r), name, null) != null

kind(r, name) := "default" if object.get(own(r), name, null) == null

content(value) := {"value": value} if is_string(value)

content(value) := {"hcl": value.hcl} if is_object(value)

# Auto Scaling groups have `tag` blocks, and the provider's default tags do not reach them.
deny contains {
	"address": r.address,
	"route": "tag",
	"msg": sprintf("no %s gives %s", [group_word(r), plan.listed(missing, 8)]),
	"fix": group_fix(r, missing, count(blocks)),
	"needs": needs(missing),
	"help": group_help(r),
} if {
	required
	some r in plan.resources("aws_autoscaling_group")
	not dropped(r)
	not r.unknown.tag
	not r.unknown.tags
	blocks := plan.elements(r.values, "tag")
	not key_unknown(r, blocks)
	keys := {block.key | some block in array.concat(blocks, plan.elements(r.values, "tags")); block.value != ""}
	missing := [name | some name, _ in required; not name in keys]
	count(missing) > 0
}

# Before version 5 of the provider a group may have a list `tags` instead, which does not go with `tag` blocks.
listed_tags(r) if count(plan.elements(r.values, "tags")) > 0

listed_tags(r) if r.unknown.tags

group_fix(r, missing, before) := new_blocks(missing, before) if not listed_tags(r)

group_fix(r, _, _) := [] if listed_tags(r)

group_word(r) := "`tag` block" if not listed_tags(r)

group_word(r) := "element of `tags`" if listed_tags(r)

group_help(r) := "Add a `tag` block with `propagate_at_launch = true` for each." if not listed_tags(r)

group_help(r) := "Add an element to the list `tags` for each: `tag` blocks do not go with it." if listed_tags(r)

# A block for each, behind those that are there.
new_blocks(missing, before) := [{"set": sprintf("tag[%d]", [before + i]), "value": {
	"key": name,
	"value": required[name],
	"propagate_at_launch": true,
}} |
	some i, name in missing
	required[name] != null
]

unknown contains plan.undecided(r, route, "the required tags are there") if {
	required
	some r in plan.resources("aws_autoscaling_group")
	some route, _ in r.unknown
	regex.match(`^tags?(\[[0-9]+\](\.key)?)?$`, route)
}

key_unknown(r, blocks) if {
	some i, _ in blocks
	r.unknown[sprintf("tag[%d].key", [i])]
}

key_unknown(r, blocks) if {
	some i, _ in blocks
	r.unknown[sprintf("tag[%d]", [i])]
}

key_unknown(r, _) if {
	some route, _ in r.unknown
	regex.match(`^tags\[[0-9]+\](\.key)?$`, route)
}
