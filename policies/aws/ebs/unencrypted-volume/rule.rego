# METADATA
# title: EBS volume without encryption
# description: >-
#   Whatever is written to this volume and its snapshots is readable by whoever gets at the disk or at a shared snapshot.
#   Encryption costs nothing and is not noticed by the instance.
# custom:
#   id: aws/ebs/unencrypted-volume
#   severity: high
#   profile: baseline
#   resources: [aws_ebs_volume]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     cis-aws-3.0: ['2.2.1']
#     cis-aws-5.0: ['5.1.1']
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_3, AVD-AWS-0026, AWS-0026, aws-ec2-enable-volume-encryption, cc997676-481b-4e93-aa81-d19f8c5e9b12]
#   settings: [aws.kms_key_arn]
#   help: Set `encrypted = true`. Data of an existing volume are moved by a snapshot from which an encrypted volume is made.
#   fix: >-
#     Sets `encrypted`, with the organization's key where the settings name one. Unsafe on an existing volume, which would be
#     replaced by an empty one.
package trueline.rules.aws.ebs.unencrypted_volume

import rego.v1

import data.trueline.lib.ebs
import data.trueline.lib.kms
import data.trueline.lib.plan
import data.trueline.lib.snapshots

deny contains {
	"address": r.address,
	"route": "encrypted",
	"msg": sprintf("%s: this volume is not encrypted", [plan.not_true("encrypted", state)]),
	"fix": array.concat([{"set": "encrypted", "value": true}], kms.fallback(r, "kms_key_id")),
	"effects": [{"kind": "replaces", "why": "an existing volume can't be encrypted: it would be replaced by an empty one"}],
} if {
	some r in plan.resources("aws_ebs_volume")
	state := plan.truth(r, "encrypted", r.values.encrypted)
	state in {"false", "unset"}
	made(r) in {"none", "plain"}
	not ebs.encrypted_by_default(r)
	not ebs.default_hangs_on(r)
}

# What it is made from decides.
unknown contains {
	"address": r.address,
	"route": "snapshot_id",
	"msg": sprintf("whether the volume is encrypted can't be decided: %s", [snapshots.why(r, "snapshot_id")]),
	"why": snapshots.why(r, "snapshot_id"),
} if {
	some r in plan.resources("aws_ebs_volume")
	plan.truth(r, "encrypted", r.values.encrypted) in {"false", "unset"}
	made(r) == "unknown"
	not ebs.encrypted_by_default(r)
}

unknown contains ebs.undecided(r, "encrypted", "the volume is encrypted") if {
	some r in plan.resources("aws_ebs_volume")
	plan.truth(r, "encrypted", r.values.encrypted) in {"false", "unset"}
	made(r) in {"none", "plain"}
	ebs.default_hangs_on(r)
}

unknown contains plan.undecided(r, "encrypted", "the volume is encrypted") if {
	some r in plan.resources("aws_ebs_volume")
	plan.truth(r, "encrypted", r.values.encrypted) == "unknown"
	made(r) != "encrypted"
	not ebs.encrypted_by_default(r)
}

made(r) := snapshots.named(r, "snapshot_id", object.get(r.values, "snapshot_id", null))
