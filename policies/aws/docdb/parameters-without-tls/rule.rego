# METADATA
# title: DocumentDB parameters that let clients connect without TLS
# description: >-
#   With `tls` disabled documents and passwords go over the network in plain form. Clusters encrypt connections unless somebody
#   switches it off, as here.
# custom:
#   id: aws/docdb/parameters-without-tls
#   severity: high
#   profile: baseline
#   resources: [aws_docdb_cluster_parameter_group]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_90]
#   help: Set the parameter `tls` to `"enabled"`, or leave it out.
#   fix: Sets the value of `tls` to `"enabled"`. Clients that connect without TLS are cut off.
package trueline.rules.aws.docdb.parameters_without_tls

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": object.union(r, {"at": parameter.route}),
	"route": "value",
	"not_in": ["disabled"],
	"else": "connections go over the network in plain form",
	"when": {"name": "tls"},
	"value": "enabled",
	"effects": [{"kind": "behaviour", "why": "clients that connect without TLS are cut off"}],
} if {
	some r in plan.resources("aws_docdb_cluster_parameter_group")
	some parameter in plan.blocks(r, "parameter")
}

# A parameter that nobody can look into may be this one.
unknown contains plan.undecided(r, route, "clients have to connect with TLS") if {
	some r in plan.resources("aws_docdb_cluster_parameter_group")
	some route in object.keys(r.unknown)
	regex.match(`^parameter(\[[0-9]+\])?$`, route)
	not stated(r)
}

stated(r) if {
	some parameter in plan.elements(r.values, "parameter")
	parameter.name == "tls"
}
