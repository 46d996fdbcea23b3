# METADATA
# title: Type that the provider does not have
# description: >-
#   Terraform refuses the module before it plans anything: nothing in it can be deployed, or checked against what it would do. Assistants
#   invent types that sound right.
# custom:
#   id: terraform/schema/unknown-type
#   severity: medium
#   profile: baseline
#   resources: ['*']
#   controls:
#     soc2: [CC8.1]
#     nist-800-53-r5: [CM-3]
#     iso-27001-2022: [A.8.32]
#   help: Use a type that the documentation of the provider has.
package trueline.rules.terraform.schema.unknown_type

import rego.v1

deny contains finding(b) if {
	some b in data.trueline.breaches
	b.kind == "unknown-type"
}

unknown := set()

finding(b) := {
	"address": b.address,
	"route": b.route,
	"msg": b.message,
	"_loc": {"file": b.file, "line": b.line},
}
