# METADATA
# title: Load balancer that one command can delete
# description: >-
#   A mistaken `terraform destroy`, a renamed resource or one call of the API takes down everything behind it, and its DNS name is gone
#   for good. With protection it has to be switched off first, which is a step that somebody sees.
# custom:
#   id: aws/elb/balancer-without-deletion-protection
#   severity: low
#   profile: baseline
#   resources: [aws_lb, aws_alb]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_150]
#   help: Set `enable_deletion_protection = true`.
#   fix: Sets `enable_deletion_protection`, which changes nothing about how the balancer works.
package trueline.rules.aws.elb.balancer_without_deletion_protection

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "enable_deletion_protection",
	"equals": true,
	"else": "one wrong command deletes this load balancer",
} if {
	some type in ["aws_lb", "aws_alb"]
	some r in plan.resources(type)
}
