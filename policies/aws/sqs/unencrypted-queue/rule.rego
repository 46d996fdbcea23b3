# METADATA
# title: SQS queue whose encryption is off or not stated
# description: >-
#   Where encryption is switched off, messages lie in the queue as they were sent. Where nothing is said, SQS encrypts new queues with
#   a key of its own, but leaves those that were made before (October 2022) as they are. That key costs nothing and needs no
#   permission of senders or receivers.
# custom:
#   id: aws/sqs/unencrypted-queue
#   severity: medium
#   profile: baseline
#   resources: [aws_sqs_queue]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_27, AVD-AWS-0096, AWS-0096, aws-sqs-enable-queue-encryption, 6e8849c1-3aa7-40e3-9063-b85ee300f29f]
#   settings: [aws.kms_key_arn]
#   help: Set `sqs_managed_sse_enabled = true`, or name a key in `kms_master_key_id` that every sender and receiver may use.
#   fix: >-
#     Sets `kms_master_key_id` to the organization's key where the module shows that nobody would be locked out, else
#     `sqs_managed_sse_enabled`, which locks nobody out.
package trueline.rules.aws.sqs.unencrypted_queue

import rego.v1

import data.trueline.lib.access
import data.trueline.lib.kms
import data.trueline.lib.plan

deny contains {
	"address": r.address,
	"route": "sqs_managed_sse_enabled",
	"msg": says(state),
	"severity": severity(state),
	"fix": encryption(r, state),
	"effects": effects(r, state),
} if {
	some r in plan.resources("aws_sqs_queue")
	state := plan.truth(r, "sqs_managed_sse_enabled", r.values.sqs_managed_sse_enabled)
	state in {"false", "unset"}
	not plan.given(r, "kms_master_key_id", r.values.kms_master_key_id)
	not plan.open_reference(r, "kms_master_key_id")
}

unknown contains plan.undecided(r, "sqs_managed_sse_enabled", "messages are encrypted") if {
	some r in plan.resources("aws_sqs_queue")
	plan.truth(r, "sqs_managed_sse_enabled", r.values.sqs_managed_sse_enabled) == "unknown"
	not plan.given(r, "kms_master_key_id", r.values.kms_master_key_id)
}

unknown contains plan.undecided(r, "kms_master_key_id", "messages are encrypted") if {
	some r in plan.resources("aws_sqs_queue")
	plan.truth(r, "sqs_managed_sse_enabled", r.values.sqs_managed_sse_enabled) in {"false", "unset"}
	plan.open_reference(r, "kms_master_key_id")
}

says("false") := "`sqs_managed_sse_enabled` is false and `kms_master_key_id` is not set: messages in this queue are not encrypted"

says("unset") := "neither `sqs_managed_sse_enabled` nor `kms_master_key_id` is set: encryption is left to SQS, which encrypts new queues"

severity("false") := "medium"

severity("unset") := "low"

# The two ways exclude each other, so a queue that says no to one of them is only turned round.
encryption(r, "unset") := [{"set": "kms_master_key_id", "value": kms.key(r)}] if harmless(r)

encryption(r, state) := [{"set": "sqs_managed_sse_enabled", "value": true}] if not with_key(r, state)

with_key(r, "unset") if {
	harmless(r)
	kms.key(r)
}

effects(r, state) := [kms.cost] if with_key(r, state)

default effects(_, _) := []

# Nobody in the module would be locked out by the organization's key.
harmless(r) if {
	kms.key(r)
	count(access.key_effects(r)) == 0
	count(access.service_principals(r)) == 0
	count(senders(r)) == 0
}

# Services that send to the queue or take from it on their own.
senders(r) := [link |
	some link in object.get(data.trueline.backlinks, r.address, [])
	link.type in {
		"aws_cloudwatch_event_target",
		"aws_lambda_event_source_mapping",
		"aws_lambda_function",
		"aws_pipes_pipe",
		"aws_s3_bucket_notification",
		"aws_scheduler_schedule",
		"aws_sns_topic_subscription",
	}
]
