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
import data.trueline.lib.rds

deny contains {
	"address": r.address,
	"route": "storage_encrypted",
	"msg": sprintf("%s: this database's storage is not encrypted", [plan.not_true("storage_encrypted", rds.says(r))]),
	"fix": array.concat([{"set": "storage_encrypted", "value": true}], kms.fallback(r, "kms_key_id")),
	"effects": array.concat(
		[{"kind": "replaces", "why": "the storage of an existing instance can't be encrypted: it would be replaced by an empty one"}],
		class_effects(r),
	),
} if {
	some r in plan.resources("aws_db_instance")
	rds.storage(r).is == "plain"
}

# A replica in another region, for which `storage_encrypted` is ignored.
deny contains {
	"address": r.address,
	"route": "kms_key_id",
	"msg": sprintf("`%s` is of another region and `kms_key_id` is not set: RDS makes this replica without encryption, or refuses to make it", [storage.route]),
	"fix": kms.set(r, "kms_key_id"),
	"needs": kms.needs(r),
	"effects": [{"kind": "replaces", "why": "the key of an existing database can't be changed: it would be replaced"}],
	"help": "Name a key of the replica's own region in `kms_key_id`.",
} if {
	some r in plan.resources("aws_db_instance")
	storage := rds.storage(r)
	storage.is == "far"
}

deny contains {
	"address": r.address,
	"route": storage.route,
	"msg": sprintf("`%s` names something that is not encrypted, and this database's storage is as that is", [storage.route]),
	"fix": [],
	"help": "Encrypt what it is made from: `storage_encrypted` has no effect here.",
} if {
	some r in plan.resources("aws_db_instance")
	storage := rds.storage(r)
	storage.is == "source"
}

unknown contains {
	"address": r.address,
	"route": storage.route,
	"msg": sprintf("whether the storage is encrypted can't be decided: %s", [storage.why]),
	"why": storage.why,
} if {
	some r in plan.resources("aws_db_instance")
	storage := rds.storage(r)
	storage.is == "unknown"
}

# Classes on which RDS offers no encryption.
class_effects(r) := [kms.behaviour(sprintf("instances of class `%s` can't be encrypted: choose a newer class", [r.values.instance_class]))] if {
	regex.match(`^db\.(m1|m2|t1)\.|^db\.t2\.micro$`, r.values.instance_class)
}

default class_effects(_) := []
