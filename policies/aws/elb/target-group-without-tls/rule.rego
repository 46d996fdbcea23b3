# METADATA
# title: Requests travel in plain HTTP from the load balancer to the application
# description: >-
#   Inside of the network everybody who can listen between balancer and application reads what was encrypted up to the balancer.
# custom:
#   id: aws/elb/target-group-without-tls
#   severity: low
#   profile: strict
#   resources: [aws_lb_target_group, aws_alb_target_group]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_378]
#   help: >-
#     Let the application speak TLS, with a certificate that may be its own, and set `protocol = "HTTPS"`. Where the network between is
#     trusted, accept this finding with the reason.
package trueline.rules.aws.elb.target_group_without_tls

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "protocol",
	"not_equals": "HTTP",
	"else": "requests travel on to the application in the clear",
	"unless": {"target_type": "lambda"},
	"fix": [],
} if {
	some type in ["aws_lb_target_group", "aws_alb_target_group"]
	some r in plan.resources(type)
}
