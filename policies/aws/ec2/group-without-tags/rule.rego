# METADATA
# title: Auto Scaling group whose instances carry no tags
# description: >-
#   Instances that a group makes have only the tags that the group hands on. Without any nobody can tell whose they are or who pays for
#   them.
# custom:
#   id: aws/ec2/group-without-tags
#   severity: low
#   profile: baseline
#   resources: [aws_autoscaling_group]
#   controls:
#     soc2: [CC2.1]
#     nist-800-53-r5: [CM-8]
#     iso-27001-2022: [A.5.9]
#   aliases: [CKV_AWS_153]
#   help: Add a `tag` block with `propagate_at_launch = true` for each tag that the organization requires.
package trueline.rules.aws.ec2.group_without_tags

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "tag",
	"set": true,
	"else": "nobody can tell whose its instances are",
	"fix": [],
	"what": "the group hands tags on",
} if some r in plan.resources("aws_autoscaling_group")
