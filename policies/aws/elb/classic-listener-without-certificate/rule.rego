# METADATA
# title: Listener of a classic load balancer without a certificate
# description: >-
#   Everybody on the way can read and change the requests and answers, passwords and session cookies included.
# custom:
#   id: aws/elb/classic-listener-without-certificate
#   severity: high
#   profile: baseline
#   resources: [aws_elb]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_127]
#   help: >-
#     Set `lb_protocol` to "https" or "ssl" and name a certificate in `ssl_certificate_id`; better, replace the balancer by an
#     application load balancer.
package trueline.rules.aws.elb.classic_listener_without_certificate

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"each": "listener",
	"route": "ssl_certificate_id",
	"set": true,
	"else": "everybody on the way can read and change what is sent",
	"fix": [],
} if some r in plan.resources("aws_elb")
