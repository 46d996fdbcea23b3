# METADATA
# title: Requests travel in the clear from a classic load balancer to its instances
# description: >-
#   Inside of the network everybody who can listen between balancer and instance reads what was encrypted up to the balancer.
# custom:
#   id: aws/elb/classic-balancer-without-tls-inside
#   severity: low
#   profile: strict
#   resources: [aws_elb]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_376]
#   help: Let the instances speak TLS and set `instance_protocol` to "https" or "ssl".
package trueline.rules.aws.elb.classic_balancer_without_tls_inside

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"each": "listener",
	"route": "instance_protocol",
	"never": "^(?i:http|tcp)$",
	"else": "requests travel on to the instances in the clear",
	"fix": [],
	"what": "requests are encrypted up to the instances",
} if some r in plan.resources("aws_elb")
