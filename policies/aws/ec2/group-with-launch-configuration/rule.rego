# METADATA
# title: Auto Scaling group that is made from a launch configuration
# description: >-
#   AWS adds nothing to launch configurations any more: no version history, no mixed instance types, none of the newer settings of the
#   metadata service and of disks. New accounts can't make them.
# custom:
#   id: aws/ec2/group-with-launch-configuration
#   severity: low
#   profile: baseline
#   resources: [aws_autoscaling_group]
#   controls:
#     soc2: [CC7.1, CC8.1]
#     nist-800-53-r5: [CM-2, CM-6]
#     iso-27001-2022: [A.8.9]
#   aliases: [CKV_AWS_315]
#   help: Write an `aws_launch_template` with the same values and name it in `launch_template`.
package trueline.rules.aws.ec2.group_with_launch_configuration

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "launch_configuration",
	"absent": true,
	"else": "launch configurations have no versions and none of the newer settings",
	"fix": [],
} if some r in plan.resources("aws_autoscaling_group")
