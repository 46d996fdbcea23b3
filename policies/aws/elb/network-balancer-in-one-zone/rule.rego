# METADATA
# title: Network load balancer that spreads requests within each zone only
# description: >-
#   Each zone's address sends requests only to targets of its own zone: where a zone has few targets they are overrun, and where it has
#   none requests are lost.
# custom:
#   id: aws/elb/network-balancer-in-one-zone
#   severity: low
#   profile: strict
#   resources: [aws_lb, aws_alb]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_152]
#   help: Set `enable_cross_zone_load_balancing = true`.
#   fix: Sets `enable_cross_zone_load_balancing`. Traffic between zones is paid for.
package trueline.rules.aws.elb.network_balancer_in_one_zone

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "enable_cross_zone_load_balancing",
	"equals": true,
	"else": "a zone without healthy targets answers nothing",
	"when": {"load_balancer_type": {"in": ["network", "gateway"]}},
	"effects": [{"kind": "cost", "why": "traffic between zones is paid for"}],
} if {
	some type in ["aws_lb", "aws_alb"]
	some r in plan.resources(type)
}
