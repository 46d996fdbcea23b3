# METADATA
# title: Listener that takes requests in plain HTTP
# description: >-
#   Everybody on the way can read and change the requests and answers, passwords and session cookies included.
# custom:
#   id: aws/elb/listener-without-tls
#   severity: high
#   profile: baseline
#   resources: [aws_lb_listener, aws_alb_listener]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_2, CKV_AWS_103, AVD-AWS-0054, AWS-0054]
#   settings: [aws.certificate_arn]
#   help: >-
#     Give the application a listener with `protocol = "HTTPS"`, a certificate and a current `ssl_policy`, and let this one redirect to
#     it (`default_action` of type "redirect" with `protocol = "HTTPS"`).
#   fix: >-
#     Turns the listener into an HTTPS listener on port 443 with the certificate that the settings name. Unsafe always: port 80 no
#     longer answers, and security groups have to let port 443 in.
package trueline.rules.aws.elb.listener_without_tls

import rego.v1

import data.trueline.lib.plan
import data.trueline.lib.stated

expect contains {
	"of": r,
	"route": "protocol",
	"not_equals": "HTTP",
	"else": "everybody on the way can read and change what is sent",
	"unless": {"default_action.redirect.protocol": "HTTPS"},
	"what": "requests are encrypted on their way",
	"fix": operations(r),
	"needs": stated.needs(r, ["certificate_arn"]),
	"effects": [{"kind": "behaviour", "why": "callers have to use HTTPS on port 443, and security groups have to let that in"}],
} if {
	some type in ["aws_lb_listener", "aws_alb_listener"]
	some r in plan.resources(type)
}

operations(r) := [
	{"set": "protocol", "value": "HTTPS"},
	{"set": "port", "value": 443},
	{"set": "certificate_arn", "value": stated.value(r, ["certificate_arn"])},
	{"set": "ssl_policy", "value": "ELBSecurityPolicy-TLS13-1-2-2021-06"},
]

default operations(_) := []
