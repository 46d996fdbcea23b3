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

# A volume that is not encrypted is another rule's finding.
expect contains {
	"of": object.union(r, {"doubt": doubt(r)}),
	"route": "kms_key_id",
	"set": true,
	"else": "the volume is encrypted with the account's default key, which is AWS's unless it was changed",
	"what": "a customer-managed key is used",
	"when": {"encrypted": true},
	"fix": kms.set(r, "kms_key_id"),
	"needs": kms.needs(r),
	"effects": [{"kind": "replaces", "why": "the key of an existing volume can't be changed: it would be replaced by an empty one"}],
} if {
	some r in plan.resources("aws_ebs_volume")
	not default_key(r)
}

# A snapshot has the key that it was made with.
doubt(r) := "" if made(r) in {"none", "plain"}

doubt(r) := sprintf("the snapshot that the volume is made from may have one, and %s", [snapshots.why(r, "snapshot_id")]) if {
	not made(r) in {"none", "plain"}
}

made(r) := snapshots.named(r, "snapshot_id", object.get(r.values, "snapshot_id", null))

# The account's default key for the region is the organization's.
default_key(r) if {
	some d in plan.resources("aws_ebs_default_kms_key")
	d.region == r.region
	plan.given(d, "key_arn", object.get(d.values, "key_arn", null))
}
