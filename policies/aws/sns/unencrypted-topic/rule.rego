# METADATA
# title: SNS topic without encryption
# description: >-
#   Messages on their way through this topic are stored without a key of KMS, so that no permission on a key stands between them
#   and somebody who gets at the storage.
# custom:
#   id: aws/sns/unencrypted-topic
#   severity: medium
#   profile: strict
#   resources: [aws_sns_topic]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_26, AVD-AWS-0095, AWS-0095, aws-sns-enable-topic-encryption]
#   settings: [aws.kms_key_arn]
#   help: >-
#     Name a customer-managed key in `kms_master_key_id` whose policy lets every publisher use it. `alias/aws/sns` silences
#     CloudWatch alarms, EventBridge, S3, budgets and other services, which can't be given permission for it.
#   fix: >-
#     Sets `kms_master_key_id` to the organization's key; unsafe where a service or role publishes that may not be allowed to use
#     it, and on an existing topic. Where only roles of the module publish, which may not use that key, to `alias/aws/sns`.
package trueline.rules.aws.sns.unencrypted_topic

import rego.v1

import data.trueline.lib.access
import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "kms_master_key_id",
	"set": true,
	"else": "messages of this topic are not encrypted with a key of KMS",
	"what": "messages are encrypted",
	"fix": operations(r),
	"needs": needs(r),
	"effects": effects(r),
} if some r in plan.resources("aws_sns_topic")

operations(r) := [{"set": "kms_master_key_id", "value": "alias/aws/sns"}] if managed_key_is_sound(r)

operations(r) := kms.set(r, "kms_master_key_id") if not managed_key_is_sound(r)

needs(r) := [] if managed_key_is_sound(r)

needs(r) := kms.needs(r) if not managed_key_is_sound(r)

effects(r) := [kms.cost] if managed_key_is_sound(r)

effects(r) := array.concat(array.concat([kms.cost], access.key_effects(r)), service_effects(r)) if not managed_key_is_sound(r)

# Only roles of this account publish, as far as a new topic's module shows, and the organization's key would lock them out.
managed_key_is_sound(r) if {
	r.new
	count(access.locked_out(r)) > 0
	count(services(r)) == 0
}

service_effects(r) := [kms.behaviour(sprintf("%s may publish to it, and the key's policy has to let them use the key", [plan.listed(services(r), 4)]))] if {
	count(services(r)) > 0
}

default service_effects(_) := []

# Services that publish to the topic, by what in the module makes them do so.
services(r) := sort({service |
	some link in object.get(data.trueline.backlinks, r.address, [])
	service := publishers[link.type]
} | {service | some service in access.service_principals(r)})

publishers := {
	"aws_autoscaling_notification": "autoscaling.amazonaws.com",
	"aws_autoscaling_lifecycle_hook": "autoscaling.amazonaws.com",
	"aws_backup_vault_notifications": "backup.amazonaws.com",
	"aws_budgets_budget": "budgets.amazonaws.com",
	"aws_ce_anomaly_subscription": "costalerts.amazonaws.com",
	"aws_cloudtrail": "cloudtrail.amazonaws.com",
	"aws_cloudwatch_composite_alarm": "cloudwatch.amazonaws.com",
	"aws_cloudwatch_event_target": "events.amazonaws.com",
	"aws_cloudwatch_metric_alarm": "cloudwatch.amazonaws.com",
	"aws_codestarnotifications_notification_rule": "codestar-notifications.amazonaws.com",
	"aws_config_delivery_channel": "config.amazonaws.com",
	"aws_db_event_subscription": "events.rds.amazonaws.com",
	"aws_elasticache_cluster": "elasticache.amazonaws.com",
	"aws_elasticache_replication_group": "elasticache.amazonaws.com",
	"aws_glacier_vault": "glacier.amazonaws.com",
	"aws_redshift_event_subscription": "events.redshift.amazonaws.com",
	"aws_s3_bucket_notification": "s3.amazonaws.com",
	"aws_scheduler_schedule": "scheduler.amazonaws.com",
	"aws_ses_event_destination": "ses.amazonaws.com",
	"aws_ses_identity_notification_topic": "ses.amazonaws.com",
}
