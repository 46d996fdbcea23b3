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
#   aliases: [CKV_AWS_2, CKV_AWS_103, CKV2_AWS_20, AVD-AWS-0054, AWS-0054]
#   settings: [aws.certificate_arn]
#   help: >-
#     Give the application a listener with `protocol = "HTTPS"`, a certificate and a current `ssl_policy`, and let this one redirect to
#     it (`default_action` of type "redirect" with `protocol = "HTTPS"`).
#   fix: >-
#     Redirects to the HTTPS listener of the same load balancer; where there is none, turns the listener into one on port 443 with the
#     certificate that the settings name. Unsafe always: callers have to use HTTPS.
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
	"needs": needs(r),
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
] if {
	count(secure(r)) == 0
	count(stated.needs(r, ["certificate_arn"])) == 0
}

# Beside an HTTPS listener this one has only to send callers there.
operations(r) := array.concat(
	[{"remove": sprintf("default_action[0].%s", [part])} | some part in forwarding(r)],
	[
		{"set": "default_action[0].type", "value": "redirect"},
		{"set": "default_action[0].redirect[0].port", "value": port(secure(r)[0])},
		{"set": "default_action[0].redirect[0].protocol", "value": "HTTPS"},
		{"set": "default_action[0].redirect[0].status_code", "value": "HTTP_301"},
	],
) if {
	count(secure(r)) > 0
	count(plan.elements(r.values, "default_action")) == 1
}

default operations(_) := []

needs(r) := stated.needs(r, ["certificate_arn"]) if count(secure(r)) == 0

default needs(_) := []

# Where the action leads that is replaced.
forwarding(r) := [part |
	some part in ["target_group_arn", "forward"]
	written(r, part)
]

written(r, part) if not object.get(r.values.default_action[0], part, null) in {null, "", []}

written(r, part) if r.unknown[sprintf("default_action[0].%s", [part])].reason != "unset"

# HTTPS listeners of the same load balancer.
secure(r) := [other |
	some type in ["aws_lb_listener", "aws_alb_listener"]
	some other in plan.resources(type)
	other.address != r.address
	other.values.protocol == "HTTPS"
	count(balancers(other) & balancers(r)) > 0
]

balancers(r) := {link.to |
	some link in object.get(data.trueline.links, r.address, [])
	link.route == "load_balancer_arn"
	link.certain
} | {r.values.load_balancer_arn | is_string(r.values.load_balancer_arn)}

port(listener) := sprintf("%v", [listener.values.port]) if listener.values.port != null

default port(_) := "443"
