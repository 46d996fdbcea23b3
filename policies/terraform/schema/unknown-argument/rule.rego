# METADATA
# title: Argument that the provider does not have
# description: >-
#   Terraform refuses the module before it plans anything: nothing in it can be deployed, or checked against what it would do. Assistants often
#   write arguments of other resources or of other versions.
# custom:
#   id: terraform/schema/unknown-argument
#   severity: medium
#   profile: baseline
#   resources: ['*']
#   controls:
#     soc2: [CC8.1]
#     nist-800-53-r5: [CM-3]
#     iso-27001-2022: [A.8.32]
#   help: Use the name that the documentation of the provider has.
#   fix: Gives the argument or block its right name where exactly one name is near.
package trueline.rules.terraform.schema.unknown_argument

import rego.v1

deny contains object.union(finding(b), fix(b)) if {
	some b in data.trueline.breaches
	b.kind == "unknown-argument"
}

unknown := set()

finding(b) := {
	"address": b.address,
	"route": b.route,
	"msg": b.message,
	"_loc": {"file": b.file, "line": b.line},
}

# One name is near enough to be the one that was meant.
fix(b) := {"fix": [{"rename": b.route, "to": b.near}]} if is_string(b.near)

fix(b) := {} if not is_string(b.near)
