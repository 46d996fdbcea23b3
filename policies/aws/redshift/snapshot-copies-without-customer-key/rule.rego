# METADATA
# title: Redshift snapshot copies without a customer-managed key
# description: >-
#   Every snapshot that is copied is encrypted with the key that AWS manages for Redshift. Its policy can't be changed, it can't be
#   shared with another account, and access to the data can't be cut by disabling it.
# custom:
#   id: aws/redshift/snapshot-copies-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_redshift_snapshot_copy_grant]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_281]
#   settings: [aws.kms_key_arn]
#   help: Name a key of the region that snapshots are copied to in `kms_key_id`.
#   fix: Sets `kms_key_id` to the organization's key. Unsafe on what exists, which would be replaced.
package trueline.rules.aws.redshift.snapshot_copies_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "kms_key_id",
	"set": true,
	"else": "every snapshot that is copied is encrypted with the key that AWS manages for Redshift",
	"what": "a customer-managed key is used",
	"fix": kms.set(r, "kms_key_id"),
	"needs": kms.needs(r),
	"effects": array.concat([kms.cost], [{"kind": "replaces", "why": "the key of an existing grant can't be changed: it would be made anew"}]),
} if some r in plan.resources("aws_redshift_snapshot_copy_grant")
