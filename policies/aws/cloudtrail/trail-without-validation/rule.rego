# METADATA
# title: CloudTrail trail whose files can be changed unnoticed
# description: >-
#   Without digests nobody can prove afterwards that files of the trail were not altered or deleted, which is the first thing an
#   intruder does.
# custom:
#   id: aws/cloudtrail/trail-without-validation
#   severity: medium
#   profile: baseline
#   resources: [aws_cloudtrail]
#   controls:
#     soc2: [CC6.8]
#     cis-aws-3.0: ['3.2']
#     cis-aws-5.0: ['3.2']
#     nist-800-53-r5: [SI-7]
#     hipaa: ['164.312(c)(1)']
#     iso-27001-2022: [A.8.32]
#   aliases: [CKV_AWS_36, AVD-AWS-0016, AWS-0016]
#   help: Set `enable_log_file_validation = true`.
#   fix: Sets `enable_log_file_validation`.
package trueline.rules.aws.cloudtrail.trail_without_validation

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "enable_log_file_validation",
	"equals": true,
	"else": "changed or deleted files of the trail go unnoticed",
} if some r in plan.resources("aws_cloudtrail")
