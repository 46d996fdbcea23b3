# METADATA
# title: Load balancer on the internet without a web application firewall
# description: >-
#   Every request reaches the application as it was sent: known attacks, scanners and floods included. A web ACL turns the usual ones
#   away.
# custom:
#   id: aws/elb/public-balancer-without-waf
#   severity: medium
#   profile: strict
#   resources: [aws_lb, aws_alb]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV2_AWS_28]
#   settings: [aws.web_acl_arn]
#   help: >-
#     Associate a web ACL: an `aws_wafv2_web_acl_association` with `resource_arn` and `web_acl_arn`.
#   fix: Associates the web ACL that the settings name. Unsafe, since requests that it finds suspicious are refused.
package trueline.rules.aws.elb.public_balancer_without_waf

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan
import data.trueline.lib.stated

expect contains object.union(mending(r), {
	"of": r,
	"companion": "aws_wafv2_web_acl_association",
	"link": {"resource_arn": "arn"},
	"else": "no firewall looks at the requests of everybody on the internet",
	"unless": {"internal": true, "load_balancer_type": {"in": ["network", "gateway"]}},
	"effects": [
		{"kind": "cost", "why": "WAF is paid by request"},
		kms.behaviour("requests that the web ACL finds suspicious are refused"),
	],
}) if {
	some type in ["aws_lb", "aws_alb"]
	some r in plan.resources(type)
}

mending(r) := {"also": {"web_acl_arn": stated.value(r, ["web_acl_arn"])}} if count(stated.needs(r, ["web_acl_arn"])) == 0

mending(r) := {"fix": [], "needs": stated.needs(r, ["web_acl_arn"])} if count(stated.needs(r, ["web_acl_arn"])) > 0
