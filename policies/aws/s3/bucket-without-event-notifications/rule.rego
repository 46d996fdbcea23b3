# METADATA
# title: S3 bucket whose changes nobody hears of
# description: >-
#   When objects appear or vanish, nothing in the account can react: no scan of uploads, no alarm at a mass deletion.
# custom:
#   id: aws/s3/bucket-without-event-notifications
#   severity: info
#   profile: strict
#   resources: [aws_s3_bucket]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [CA-7, SI-4]
#     iso-27001-2022: [A.8.16]
#   aliases: [CKV2_AWS_62]
#   settings: [aws.s3_events]
#   help: Add an `aws_s3_bucket_notification` that names a queue, topic or function, or hands events to EventBridge.
#   fix: Where `settings.aws.s3_events` is `eventbridge`, adds one that hands events to the default bus of the account.
package trueline.rules.aws.s3.bucket_without_event_notifications

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"companion": "aws_s3_bucket_notification",
	"link": {"bucket": "id"},
	"else": "nobody hears of changes to its objects",
	"what": "changes to the bucket are told",
	"fix": tell,
	"needs": needs,
	"effects": [{"kind": "cost", "why": "events that rules of EventBridge match are paid for"}],
} if some r in plan.resources("aws_s3_bucket")

tell := [{"ensure": "aws_s3_bucket_notification", "link": {"bucket": "id"}, "set": {"eventbridge": true}}] if {
	plan.settings.aws.s3_events == "eventbridge"
}

default tell := []

needs := [] if plan.settings.aws.s3_events

default needs := ["settings.aws.s3_events"]
