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

# KMS rotates only symmetric keys for encryption whose material it made itself, none of a key store.
expect contains {
	"of": r,
	"route": "enable_key_rotation",
	"equals": true,
	"else": "the material of this key is never changed",
	"what": "the key is rotated",
	"when": {
		"customer_master_key_spec": {"in": ["SYMMETRIC_DEFAULT"], "or_unset": true},
		"key_usage": {"in": ["ENCRYPT_DECRYPT"], "or_unset": true},
	},
	"unless": {"custom_key_store_id": {"set": true}, "xks_key_id": {"set": true}},
	"effects": [{"kind": "cost", "why": "each of the first two rotations adds to the key's monthly price"}],
} if some r in plan.resources("aws_kms_key")
