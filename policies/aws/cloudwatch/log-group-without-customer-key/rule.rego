# METADATA
# title: CloudWatch log group without a customer-managed key
# description: >-
#   Logs are encrypted with a key that AWS owns: whoever may read the log group may read them, and access can't be cut by
#   disabling a key. Logs hold more of the data they are about than anybody means them to.
# custom:
#   id: aws/cloudwatch/log-group-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_cloudwatch_log_group]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [AU-9(3), SC-12, SC-28(1)]
#     pci-dss-4.0: ['10.3.2']
#     iso-27001-2022: [A.8.15, A.8.24]
#   aliases: [CKV_AWS_158, AVD-AWS-0017, AWS-0017, aws-cloudwatch-log-group-customer-key]
#   settings: [aws.kms_key_arn]
#   help: Name a key in `kms_key_id` whose policy lets `logs.REGION.amazonaws.com` use it.
#   fix: >-
#     Sets `kms_key_id` to the organization's key. Unsafe always: if the key's policy leaves CloudWatch Logs out, the log group
#     can't be made, and an existing one takes no more logs.
package trueline.rules.aws.cloudwatch.log_group_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "kms_key_id",
	"set": true,
	"else": "logs are encrypted with a key that AWS owns",
	"what": "a customer-managed key is used",
	"fix": kms.set(r, "kms_key_id"),
	"needs": kms.needs(r),
	"help": sprintf("Name a key in `kms_key_id` whose policy lets `logs.%s.amazonaws.com` use it.", [region(r)]),
	"effects": [kms.cost, kms.behaviour(sprintf("the key's policy has to let `logs.%s.amazonaws.com` use it, or logs are refused", [region(r)]))],
} if some r in plan.resources("aws_cloudwatch_log_group")

region(r) := kms.region(r)

default region(_) := "REGION"
