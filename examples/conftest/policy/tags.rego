# Every resource that can have tags has those that the organization asks for.
package terraform.tags

required = {"Owner", "Environment", "CostCenter"}

deny[msg] {
	change := input.resource_changes[_]
	planned(change)
	taggable(change)
	missing := {name | required[name]; not tagged(change, name)}
	count(missing) > 0
	msg := sprintf("%s lacks the tags %s", [change.address, concat(", ", sort(missing))])
}

# An Auto Scaling group has blocks of its own for tags.
deny[msg] {
	change := input.resource_changes[_]
	planned(change)
	change.type == "aws_autoscaling_group"
	given := {block.key | block := change.change.after.tag[_]; block.value != ""}
	missing := required - given
	count(missing) > 0
	msg := sprintf("%s has no tag blocks for %s", [change.address, concat(", ", sort(missing))])
}

# Created or updated; what is destroyed or left alone is not asked.
planned(change) {
	change.mode == "managed"
	action := change.change.actions[_]
	{"create", "update"}[action]
}

# The provider gives every taggable resource a `tags` attribute, if only with nothing in it.
taggable(change) {
	startswith(change.type, "aws_")
	_ = change.change.after.tags
}

# Tags that are only known after apply are not guessed at.
tagged(change, _) {
	change.change.after_unknown.tags == true
}

tagged(change, name) {
	change.change.after_unknown.tags[name] == true
}

tagged(change, name) {
	trim_space(change.change.after.tags[name]) != ""
}

# With the provider's default tags.
tagged(change, name) {
	trim_space(change.change.after.tags_all[name]) != ""
}
