# METADATA
# title: Block where an argument is meant, or the other way round
# description: >-
#   Terraform refuses the module before it plans anything: nothing in it can be deployed, or checked against what it would do.
# custom:
#   id: terraform/schema/wrong-block-kind
#   severity: medium
#   profile: baseline
#   resources: ['*']
#   controls:
#     soc2: [CC8.1]
#     nist-800-53-r5: [CM-3]
#     iso-27001-2022: [A.8.32]
#   help: Write blocks without `=`, and arguments with it.
#   fix: Spells it the other way where its content is written out.
package trueline.rules.terraform.schema.wrong_block_kind

import rego.v1

deny contains object.union(finding(b), fix(b)) if {
	some b in data.trueline.breaches
	b.kind == "wrong-block-kind"
}

unknown := set()

finding(b) := {
	"address": b.address,
	"route": b.route,
	"msg": b.message,
	"_loc": {"file": b.file, "line": b.line},
}

# What an expression makes can't be spelled as blocks.
fix(b) := {"fix": [{"respell": b.route}]} if b.literal

fix(b) := {} if not b.literal
