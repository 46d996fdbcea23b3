# METADATA
# title: API on the internet without a web application firewall
# description: >-
#   Every request reaches the API as it was sent: known attacks, scanners and floods included. A web ACL turns the usual ones away.
# custom:
#   id: aws/apigateway/public-stage-without-waf
#   severity: medium
#   profile: strict
#   resources: [aws_api_gateway_stage]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV2_AWS_29]
#   settings: [aws.web_acl_arn]
#   help: >-
#     Associate a web ACL: an `aws_wafv2_web_acl_association` with `resource_arn` and `web_acl_arn`.
#   fix: Associates the web ACL that the settings name. Unsafe, since requests that it finds suspicious are refused.
package trueline.rules.aws.apigateway.public_stage_without_waf

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan
import data.trueline.lib.stated

expect contains object.union(mending(r), {
	"of": object.union(r, {"doubt": doubt(r)}),
	"companion": "aws_wafv2_web_acl_association",
	"link": {"resource_arn": "arn"},
	"else": "no firewall looks at the requests of everybody on the internet",
	"effects": [
		{"kind": "cost", "why": "WAF is paid by request"},
		kms.behaviour("requests that the web ACL finds suspicious are refused"),
	],
}) if {
	some r in plan.resources("aws_api_gateway_stage")
	not private(r)
}

# Only a VPC reaches a private API.
private(r) if {
	some api in apis(r)
	"PRIVATE" in plan.elements(api.values, "endpoint_configuration")[_].types
}

doubt(r) := why if {
	some api in apis(r)
	some route, unknown in api.unknown
	regex.match(`^endpoint_configuration(\[[0-9]+\])?([.]types.*)?$`, route)
	unknown.reason != "unset"
	why := unknown.why
}

default doubt(_) := ""

apis(r) := [api |
	some link in object.get(data.trueline.links, r.address, [])
	link.route == "rest_api_id"
	some api in plan.resources("aws_api_gateway_rest_api")
	api.address == link.to
]

mending(r) := {"also": {"web_acl_arn": stated.value(r, ["web_acl_arn"])}} if count(stated.needs(r, ["web_acl_arn"])) == 0

mending(r) := {"fix": [], "needs": stated.needs(r, ["web_acl_arn"])} if count(stated.needs(r, ["web_acl_arn"])) > 0
