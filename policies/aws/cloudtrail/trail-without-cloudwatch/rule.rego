# METADATA
# title: CloudTrail trail that doesn't go to CloudWatch Logs
# description: >-
#   Events lie in a bucket where nobody looks. Alarms on logins, on changes of policies or of the trail itself need them in CloudWatch
#   Logs.
# custom:
#   id: aws/cloudtrail/trail-without-cloudwatch
#   severity: low
#   profile: strict
#   resources: [aws_cloudtrail]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [CA-7, SI-4]
#     iso-27001-2022: [A.8.16]
#   aliases: [CKV2_AWS_10, AVD-AWS-0162, AWS-0162]
#   help: >-
#     Name a log group in `cloud_watch_logs_group_arn`, and in `cloud_watch_logs_role_arn` a role that lets CloudTrail write to it.
package trueline.rules.aws.cloudtrail.trail_without_cloudwatch

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "cloud_watch_logs_group_arn",
	"set": true,
	"else": "no alarm can be raised by what the trail records",
	"fix": [],
} if some r in plan.resources("aws_cloudtrail")
