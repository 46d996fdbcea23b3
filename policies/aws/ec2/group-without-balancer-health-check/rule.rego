# METADATA
# title: Auto Scaling group that keeps instances which answer nothing
# description: >-
#   By default the group looks only at whether the machine runs. An instance whose program hangs stays in it; with the load balancer's
#   health check it is replaced.
# custom:
#   id: aws/ec2/group-without-balancer-health-check
#   severity: low
#   profile: baseline
#   resources: [aws_autoscaling_group]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV2_AWS_15]
#   help: Set `health_check_type = "ELB"` and a `health_check_grace_period` in which a new instance can start.
#   fix: >-
#     Sets `health_check_type`. Unsafe on an existing group, whose instances are replaced if the balancer finds them unhealthy.
package trueline.rules.aws.ec2.group_without_balancer_health_check

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "health_check_type",
	"equals": "ELB",
	"else": "instances that the load balancer finds unhealthy stay in the group",
	"when": {balancers: {"set": true}},
	"effects": effects(r),
} if {
	some r in plan.resources("aws_autoscaling_group")
	some balancers in ["load_balancers", "target_group_arns"]
}

effects(r) := [{"kind": "behaviour", "why": "instances that the balancer finds unhealthy are replaced"}] if not r.new

effects(r) := [] if r.new
