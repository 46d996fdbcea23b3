# METADATA
# title: KMS key that is not rotated
# description: >-
#   Everything that is ever encrypted with this key hangs on the same key material. With rotation KMS changes the material every
#   year, keeps the old one for reading, and nobody has to do anything.
# custom:
#   id: aws/kms/key-without-rotation
#   severity: medium
#   profile: baseline
#   resources: [aws_kms_key]
#   controls:
#     soc2: [CC6.1]
#     cis-aws-3.0: ['3.6']
#     cis-aws-5.0: ['3.6']
#     nist-800-53-r5: [SC-12]
#     pci-dss-4.0: ['3.7.4']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_7, AVD-AWS-0065, AWS-0065, aws-kms-auto-rotate-keys]
#   help: Set `enable_key_rotation = true`.
#   fix: Sets `enable_key_rotation`. Each of the first two rotations adds to the key's monthly price.
package trueline.rules.aws.kms.key_without_rotation

import rego.v1

import data.trueline.lib.plan

deny contains {
	"address": r.address,
	"route": "enable_key_rotation",
	"msg": sprintf("%s: the material of this key is never changed", [plan.not_true("enable_key_rotation", rotated(r))]),
	"fix": [{"set": "enable_key_rotation", "value": true}],
	"effects": [{"kind": "cost", "why": "each of the first two rotations adds to the key's monthly price"}],
} if {
	some r in plan.resources("aws_kms_key")
	rotated(r) in {"false", "unset"}
	not of_another_kind(r)
	count(open_kinds(r)) == 0
}

unknown contains plan.undecided(r, "enable_key_rotation", "the key is rotated") if {
	some r in plan.resources("aws_kms_key")
	rotated(r) == "unknown"
	not of_another_kind(r)
}

# KMS rotates some kinds of keys only.
unknown contains plan.undecided(r, open_kinds(r)[0], "the key can be rotated") if {
	some r in plan.resources("aws_kms_key")
	rotated(r) in {"false", "unset"}
	not of_another_kind(r)
	count(open_kinds(r)) > 0
}

rotated(r) := plan.truth(r, "enable_key_rotation", object.get(r.values, "enable_key_rotation", null))

# Only symmetric keys for encryption whose material KMS made itself can be rotated by it, none of a key store.
of_another_kind(r) if {
	some route, own in kinds
	value := object.get(r.values, route, null)
	not value in {null, "", own}
}

of_another_kind(r) if {
	some route in stores
	plan.given(r, route, object.get(r.values, route, null))
}

kinds := {"customer_master_key_spec": "SYMMETRIC_DEFAULT", "key_usage": "ENCRYPT_DECRYPT"}

stores := ["custom_key_store_id", "xks_key_id"]

# Arguments that decide on the kind and are not known.
open_kinds(r) := array.concat(
	[route | some route, _ in kinds; r.unknown[route]],
	[route | some route in stores; plan.open_reference(r, route)],
)
