# METADATA
# title: Classic load balancer that spreads requests within each zone only
# description: >-
#   Each zone's address sends requests only to instances of its own zone: where a zone has few instances they are overrun, and where it
#   has none requests are lost.
# custom:
#   id: aws/elb/classic-balancer-in-one-zone
#   severity: low
#   profile: baseline
#   resources: [aws_elb]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_138]
#   help: Set `cross_zone_load_balancing = true`, which is the default.
#   fix: Sets `cross_zone_load_balancing`.
package trueline.rules.aws.elb.classic_balancer_in_one_zone

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "cross_zone_load_balancing",
	"equals": true, "or_unset": true,
	"else": "a zone without healthy instances answers nothing",
} if some r in plan.resources("aws_elb")
