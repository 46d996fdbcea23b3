# METADATA
# title: Load balancer that lets ambiguous requests through
# description: >-
#   In mode `monitor` requests that front and back may read in different ways are passed on. Such requests can carry a second, hidden
#   one.
# custom:
#   id: aws/elb/desync-requests-let-through
#   severity: medium
#   profile: baseline
#   resources: [aws_lb, aws_alb, aws_elb]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_328]
#   help: Set `desync_mitigation_mode` to "defensive", which is the default, or "strictest".
#   fix: Sets `desync_mitigation_mode` to "defensive". Unsafe on an existing balancer.
package trueline.rules.aws.elb.desync_requests_let_through

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "desync_mitigation_mode",
	"not_equals": "monitor",
	"else": "requests that can be read in two ways are passed on",
	"value": "defensive",
	"effects": effects(r),
} if {
	some type in ["aws_lb", "aws_alb", "aws_elb"]
	some r in plan.resources(type)
}

effects(r) := [{"kind": "behaviour", "why": "requests that can be read in two ways are refused"}] if not r.new

effects(r) := [] if r.new
