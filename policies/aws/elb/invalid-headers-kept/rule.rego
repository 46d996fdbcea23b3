# METADATA
# title: Load balancer that hands on malformed headers
# description: >-
#   What is behind the balancer may read a malformed header in another way than the balancer did. Attackers use that to smuggle a
#   second request past it.
# custom:
#   id: aws/elb/invalid-headers-kept
#   severity: medium
#   profile: baseline
#   resources: [aws_lb, aws_alb]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_131, AVD-AWS-0052, AWS-0052]
#   help: Set `drop_invalid_header_fields = true`.
#   fix: >-
#     Sets `drop_invalid_header_fields`. Unsafe on an existing balancer: headers with names that HTTP does not allow are dropped.
package trueline.rules.aws.elb.invalid_headers_kept

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "drop_invalid_header_fields",
	"equals": true,
	"else": "malformed headers reach what is behind it",
	"unless": {"load_balancer_type": {"in": ["network", "gateway"]}},
	"effects": effects(r),
} if {
	some type in ["aws_lb", "aws_alb"]
	some r in plan.resources(type)
}

effects(r) := [{"kind": "behaviour", "why": "headers with underscores or other odd characters in their names no longer arrive"}] if not r.new

effects(r) := [] if r.new
