# METADATA
# title: Target group that does not say how its targets are checked
# description: >-
#   Without a path of its own the balancer asks `/`, which may answer while what the application needs is broken, or not exist at all.
# custom:
#   id: aws/elb/target-group-without-health-check
#   severity: low
#   profile: strict
#   resources: [aws_lb_target_group, aws_alb_target_group]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_261]
#   help: Name a path in `health_check` that answers only while the application works.
#   fix: Writes the path `/`, which the balancer asks anyway, so that it is seen and can be changed.
package trueline.rules.aws.elb.target_group_without_health_check

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "health_check.path",
	"set": true, "stated": true,
	"else": "the balancer asks `/`, whatever that says of the application",
	"when": {"protocol": {"in": ["HTTP", "HTTPS"]}},
	"value": "/",
} if {
	some type in ["aws_lb_target_group", "aws_alb_target_group"]
	some r in plan.resources(type)
}
