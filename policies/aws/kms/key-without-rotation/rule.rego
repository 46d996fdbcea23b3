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
	"msg": sprintf("%s: the material of this key is never changed", [plan.not_true("enable_key_rotation", state)]),
	"fix": [{"set": "enable_key_rotation", "value": true}],
	"effects": [{"kind": "cost", "why": "each of the first two rotations adds to the key's monthly price"}],
} if {
	some r in plan.resources("aws_kms_key")
	can_rotate(r)
	state := plan.truth(r, "enable_key_rotation", r.values.enable_key_rotation)
	state in {"false", "unset"}
}

unknown contains plan.undecided(r, route, "the key is rotated") if {
	some r in plan.resources("aws_kms_key")
	can_rotate(r)
	some route in ["enable_key_rotation", "customer_master_key_spec"]
	r.unknown[route]
}

# Only symmetric encryption keys whose material KMS made itself can be rotated by it.
can_rotate(r) if {
	object.get(r.values, "customer_master_key_spec", null) in {null, "", "SYMMETRIC_DEFAULT"}
	object.get(r.values, "key_usage", null) in {null, "", "ENCRYPT_DECRYPT"}
	object.get(r.values, "custom_key_store_id", null) == null
	not r.unknown.custom_key_store_id
}
