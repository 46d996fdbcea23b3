package main

deny contains {"msg": msg, "address": r.address} if {
	some r in input.resource_changes
	r.type == "aws_sqs_queue"
	not startswith(r.change.after.name, "mycoco-")
	msg := sprintf("the name of %s does not start with mycoco-", [r.address])
}

exception contains ["legacy"] if input.format_version

deny_legacy contains "an old rule" if input.format_version
