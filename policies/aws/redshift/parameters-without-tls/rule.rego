# METADATA
# title: Redshift parameters that let clients connect without TLS
# description: >-
#   Unless `require_ssl` is true, clients may connect without TLS, and queries, results and passwords go over the network in plain
#   form.
# custom:
#   id: aws/redshift/parameters-without-tls
#   severity: high
#   profile: baseline
#   resources: [aws_redshift_parameter_group]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_105]
#   help: Set the parameter `require_ssl` to `"true"`.
#   fix: Sets `require_ssl` to `"true"`. On existing clusters clients that connect without TLS are cut off.
package trueline.rules.aws.redshift.parameters_without_tls

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "parameter",
	"has": {"name": "require_ssl", "value": {"in": ["true", "TRUE", "True"]}},
	"else": "clients may connect without TLS",
	"fix": operations(r),
	"effects": existing(r),
} if some r in plan.resources("aws_redshift_parameter_group")

operations(r) := [{"set": sprintf("parameter[%d].value", [i]), "value": "true"}] if {
	some i, parameter in plan.elements(r.values, "parameter")
	parameter.name == "require_ssl"
}

operations(r) := [{"set": sprintf("parameter[%d]", [n]), "value": {"name": "require_ssl", "value": "true"}}] if {
	not named(r)
	n := count(plan.elements(r.values, "parameter"))
}

named(r) if {
	some parameter in plan.elements(r.values, "parameter")
	parameter.name == "require_ssl"
}

existing(r) := [{"kind": "behaviour", "why": "clients that connect without TLS are cut off"}] if not r.new

default existing(_) := []
