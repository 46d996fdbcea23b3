package terraform.tags

deny[msg] {
  r := input.resource_changes[_]
  r.change.actions[_] == "create"
  not r.change.after.tags.Owner
  msg := sprintf("%s has no Owner tag", [r.address])
}

warn[msg] {
  count(input.resource_changes) > 100
  msg := "a very large change"
}
