# METADATA
# title: EBS volume encrypted without a customer-managed key
# description: >-
#   The volume is encrypted with the key that AWS manages for EBS. Its policy can't be changed, its snapshots can't be shared with
#   another account, and access to the data can't be cut by disabling it.
# custom:
#   id: aws/ebs/volume-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_ebs_volume]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_189, AVD-AWS-0027, AWS-0027, aws-ebs-encryption-customer-key]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `kms_key_id`.
#   after: [aws/ebs/unencrypted-volume]
#   fix: Sets `kms_key_id` to the organization's key. Unsafe on an existing volume, which would be replaced by an empty one.
package trueline.rules.aws.ebs.volume_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan
import data.trueline.lib.snapshots

deny contains {
	"address": r.address,
	"route": "kms_key_id",
	"msg": "`kms_key_id` is not set: the volume is encrypted with the account's default key, which is AWS's unless it was changed",
	"fix": kms.set(r, "kms_key_id"),
	"needs": kms.needs(r),
	"effects": [{"kind": "replaces", "why": "the key of an existing volume can't be changed: it would be replaced by an empty one"}],
} if {
	some r in encrypted
	not plan.given(r, "kms_key_id", r.values.kms_key_id)
	not plan.open_reference(r, "kms_key_id")
	not default_key(r)
	made(r) in {"none", "plain"}
}

# The account's default key for the region is the organization's.
default_key(r) if {
	some d in plan.resources("aws_ebs_default_kms_key")
	d.region == r.region
	plan.given(d, "key_arn", object.get(d.values, "key_arn", null))
}

unknown contains {
	"address": r.address,
	"route": "snapshot_id",
	"msg": "whether a customer-managed key is used can't be decided: the snapshot that the volume is made from may have one",
	"why": snapshots.why(r, "snapshot_id"),
} if {
	some r in encrypted
	not plan.given(r, "kms_key_id", r.values.kms_key_id)
	not plan.open_reference(r, "kms_key_id")
	not default_key(r)
	made(r) in {"encrypted", "unknown"}
}

made(r) := snapshots.named(r, "snapshot_id", object.get(r.values, "snapshot_id", null))

unknown contains plan.undecided(r, "kms_key_id", "a customer-managed key is used") if {
	some r in encrypted
	plan.open_reference(r, "kms_key_id")
}

# A volume that is not encrypted is another rule's finding.
encrypted contains r if {
	some r in plan.resources("aws_ebs_volume")
	plan.truth(r, "encrypted", r.values.encrypted) == "true"
}
