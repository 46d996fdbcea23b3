# METADATA
# title: RDS instance with unencrypted storage
# description: >-
#   Storage, snapshots, replicas and automatic backups of this database are readable by whoever gets at the disks or at a copied
#   snapshot. Encryption of the storage closes that way at no cost, but can only be chosen when the instance is created.
# custom:
#   id: aws/rds/unencrypted-instance
#   severity: high
#   profile: baseline
#   resources: [aws_db_instance]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     cis-aws-3.0: ['2.3.1']
#     cis-aws-5.0: ['2.2.1']
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_16, AVD-AWS-0080, AWS-0080, aws-rds-encrypt-instance-storage-data, 08bd0760-8752-44e1-9779-7bb369b2b4e4]
#   settings: [aws.kms_key_arn]
#   help: Set `storage_encrypted = true`. An existing instance is moved by restoring a copy of its snapshot that was encrypted.
#   fix: >-
#     Sets `storage_encrypted`, with the organization's key where the settings name one. Unsafe on an existing instance, which
#     would be replaced by an empty one.
package trueline.rules.aws.rds.unencrypted_instance

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

deny contains {
	"address": r.address,
	"route": "storage_encrypted",
	"msg": sprintf("%s: this database's storage is not encrypted", [plan.not_true("storage_encrypted", state)]),
	"fix": array.concat([{"set": "storage_encrypted", "value": true}], kms.fallback(r, "kms_key_id")),
	"effects": array.concat(
		[{"kind": "replaces", "why": "the storage of an existing instance can't be encrypted: it would be replaced by an empty one"}],
		class_effects(r),
	),
} if {
	some r in plan.resources("aws_db_instance")
	not inherits(r)
	state := plan.truth(r, "storage_encrypted", r.values.storage_encrypted)
	state in {"false", "unset"}
}

unknown contains plan.undecided(r, "storage_encrypted", "the storage is encrypted") if {
	some r in plan.resources("aws_db_instance")
	not inherits(r)
	plan.truth(r, "storage_encrypted", r.values.storage_encrypted) == "unknown"
}

unknown contains {
	"address": r.address,
	"route": "snapshot_identifier",
	"msg": "whether the storage is encrypted can't be decided: the snapshot that it is restored from decides",
	"why": "an instance that is restored from a snapshot is encrypted as the snapshot is",
} if {
	some r in plan.resources("aws_db_instance")
	plan.given(r, "snapshot_identifier", r.values.snapshot_identifier)
	plan.truth(r, "storage_encrypted", r.values.storage_encrypted) != "true"
}

# A replica is encrypted as its source is; one restored from a snapshot as that is.
inherits(r) if plan.given(r, "replicate_source_db", r.values.replicate_source_db)

inherits(r) if plan.given(r, "snapshot_identifier", r.values.snapshot_identifier)

# Classes on which RDS offers no encryption.
class_effects(r) := [kms.behaviour(sprintf("instances of class `%s` can't be encrypted: choose a newer class", [r.values.instance_class]))] if {
	regex.match(`^db\.(m1|m2|t1)\.|^db\.t2\.micro$`, r.values.instance_class)
}

default class_effects(_) := []
