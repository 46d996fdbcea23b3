# METADATA
# title: Backup vault without a customer-managed key
# description: >-
#   The vault is encrypted with the key that AWS manages for Backup. Its policy can't be changed, it can't be shared with another
#   account, and access to the data can't be cut by disabling it.
# custom:
#   id: aws/backup/vault-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_backup_vault]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_166]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `kms_key_arn`.
#   fix: Sets `kms_key_arn` to the organization's key. Unsafe on what exists, which would be replaced.
package trueline.rules.aws.backup.vault_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "kms_key_arn",
	"set": true,
	"else": "the vault is encrypted with the key that AWS manages for Backup",
	"what": "a customer-managed key is used",
	"fix": kms.set(r, "kms_key_arn"),
	"needs": kms.needs(r),
	"effects": array.concat([kms.cost], [{"kind": "replaces", "why": "the key of an existing vault can't be changed: it would be replaced, which fails while backups are in it"}]),
} if some r in plan.resources("aws_backup_vault")
