# METADATA
# title: Listener that takes outdated versions of TLS
# description: >-
#   Without a policy the balancer still speaks TLS 1.0 and 1.1, whose weaknesses have been known for years and which PCI DSS forbids.
# custom:
#   id: aws/elb/listener-with-old-tls
#   severity: high
#   profile: baseline
#   resources: [aws_lb_listener, aws_alb_listener]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_103, CKV2_AWS_74, AVD-AWS-0047, AWS-0047]
#   help: Set `ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"`.
#   fix: Sets `ssl_policy` to TLS 1.2 and 1.3. Unsafe on an existing listener, which very old clients can no longer use.
package trueline.rules.aws.elb.listener_with_old_tls

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "ssl_policy",
	"matches": "^ELBSecurityPolicy-(FS-1-2-|TLS-1-2-|TLS13-1-[23]-)",
	"else": "connections with TLS 1.0 and 1.1 are taken",
	"when": {"protocol": {"in": ["HTTPS", "TLS"]}},
	"value": "ELBSecurityPolicy-TLS13-1-2-2021-06",
	"effects": effects(r),
} if {
	some type in ["aws_lb_listener", "aws_alb_listener"]
	some r in plan.resources(type)
}

effects(r) := [{"kind": "behaviour", "why": "clients that know neither TLS 1.2 nor 1.3 are turned away"}] if not r.new

effects(r) := [] if r.new
