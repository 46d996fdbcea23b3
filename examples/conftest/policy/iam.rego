# Nobody may do more than they have to.
package terraform.iam

# Policies that say what somebody may do, and those that say who may do something with a resource.
identity = {"aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"}

resource = {
	"aws_ecr_repository_policy",
	"aws_kms_key",
	"aws_s3_bucket_policy",
	"aws_secretsmanager_secret_policy",
	"aws_sns_topic_policy",
	"aws_sqs_queue_policy",
}

deny[msg] {
	[address, statement] := allowed[_]
	list(object.get(statement, "Action", []))[_] == "*"
	msg := sprintf("%s allows every action (\"Action\": \"*\")", [address])
}

deny[msg] {
	[address, statement] := allowed[_]
	action := list(object.get(statement, "Action", []))[_]
	endswith(action, ":*")
	msg := sprintf("%s allows everything that a service can do (\"Action\": \"%s\")", [address, action])
}

deny[msg] {
	[address, statement] := allowed[_]
	_ = statement.NotAction
	msg := sprintf("%s allows every action but some (NotAction with Allow)", [address])
}

deny[msg] {
	[address, statement] := allowed[_]
	list(object.get(statement, "Resource", []))[_] == "*"
	actions := {action | action := list(object.get(statement, "Action", []))[_]; not reads(action)}
	count(actions) > 0
	msg := sprintf("%s allows %s on every resource (\"Resource\": \"*\")", [address, concat(", ", sort(actions))])
}

deny[msg] {
	[address, statement] := open[_]
	object.get(statement, "Condition", {}) == {}
	everybody(statement.Principal)
	msg := sprintf("%s lets everybody in (\"Principal\": \"*\")", [address])
}

# What a policy document that is only put together on apply is going to say.
deny[msg] {
	change := input.resource_changes[_]
	change.type == "aws_iam_policy_document"
	statement := change.change.after.statement[_]
	allows(statement)
	statement.actions[_] == "*"
	msg := sprintf("%s allows every action (actions = [\"*\"])", [change.address])
}

deny[msg] {
	change := input.resource_changes[_]
	change.type == "aws_iam_policy_document"
	statement := change.change.after.statement[_]
	allows(statement)
	action := statement.actions[_]
	endswith(action, ":*")
	msg := sprintf("%s allows everything that a service can do (%s)", [change.address, action])
}

allows(statement) {
	object.get(statement, "effect", null) == null
}

allows(statement) {
	statement.effect == "Allow"
}

# Statements with `Allow` of policies that say what somebody may do.
allowed[[address, statement]] {
	[type, address, statement] := statements[_]
	identity[type]
	statement.Effect == "Allow"
}

# The same of policies on resources.
open[[address, statement]] {
	[type, address, statement] := statements[_]
	resource[type]
	statement.Effect == "Allow"
}

statements[[change.type, change.address, statement]] {
	change := input.resource_changes[_]
	change.mode == "managed"
	not change.change.actions == ["delete"]
	text := change.change.after.policy
	is_string(text)
	document := json.unmarshal(text)
	statement := list(document.Statement)[_]
}

everybody(principal) {
	principal == "*"
}

everybody(principal) {
	list(principal.AWS)[_] == "*"
}

# One value may stand for a list of one.
list(value) = value {
	is_array(value)
}

list(value) = [value] {
	not is_array(value)
}

# Wildcards for a service are found by a rule of their own.
reads(action) {
	regex.match(`^[a-z0-9-]+:(Get|List|Describe|BatchGet|View|Search|Lookup|Head|Query|Scan)`, action)
}

reads(action) {
	endswith(action, "*")
	regex.match(`^(\*|[a-z0-9-]+:\*)$`, action)
}
