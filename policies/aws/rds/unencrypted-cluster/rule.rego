# METADATA
# title: RDS cluster with unencrypted storage
# description: >-
#   The cluster's shared storage, its snapshots and backups are readable by whoever gets at the disks or at a copied snapshot.
#   Encryption of the storage closes that way at no cost, but can only be chosen when the cluster is created.
# custom:
#   id: aws/rds/unencrypted-cluster
#   severity: high
#   profile: baseline
#   resources: [aws_rds_cluster]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     cis-aws-3.0: ['2.3.1']
#     cis-aws-5.0: ['2.2.1']
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_96, AVD-AWS-0079, AWS-0079, aws-rds-encrypt-cluster-storage-data, 3199c26c-7871-4cb3-99c2-10a59244ce7f]
#   settings: [aws.kms_key_arn]
#   help: Set `storage_encrypted = true`. An existing cluster is moved by restoring a snapshot of it with a key.
#   fix: >-
#     Sets `storage_encrypted`, with the organization's key where the settings name one. Unsafe on an existing cluster, which
#     would be replaced by an empty one.
package trueline.rules.aws.rds.unencrypted_cluster

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan
import data.trueline.lib.rds

deny contains {
	"address": r.address,
	"route": "storage_encrypted",
	"msg": sprintf("%s: this cluster's storage is not encrypted", [plan.not_true("storage_encrypted", rds.says(r))]),
	"fix": array.concat([{"set": "storage_encrypted", "value": true}], kms.fallback(r, "kms_key_id")),
	"effects": [{"kind": "replaces", "why": "the storage of an existing cluster can't be encrypted: it would be replaced by an empty one"}],
} if {
	some r in plan.resources("aws_rds_cluster")
	rds.storage(r).is == "plain"
}

# A replica in another region, for which `storage_encrypted` is ignored.
deny contains {
	"address": r.address,
	"route": "kms_key_id",
	"msg": sprintf("`%s` is of another region and `kms_key_id` is not set: RDS makes this replica without encryption, or refuses to make it", [storage.route]),
	"fix": kms.set(r, "kms_key_id"),
	"needs": kms.needs(r),
	"effects": [{"kind": "replaces", "why": "the key of an existing cluster can't be changed: it would be replaced"}],
	"help": "Name a key of the replica's own region in `kms_key_id`.",
} if {
	some r in plan.resources("aws_rds_cluster")
	storage := rds.storage(r)
	storage.is == "far"
}

deny contains {
	"address": r.address,
	"route": storage.route,
	"msg": sprintf("`%s` names something that is not encrypted, and this cluster's storage is as that is", [storage.route]),
	"fix": [],
	"help": "Encrypt what it is made from: `storage_encrypted` has no effect here.",
} if {
	some r in plan.resources("aws_rds_cluster")
	storage := rds.storage(r)
	storage.is == "source"
}

unknown contains {
	"address": r.address,
	"route": storage.route,
	"msg": sprintf("whether the storage is encrypted can't be decided: %s", [storage.why]),
	"why": storage.why,
} if {
	some r in plan.resources("aws_rds_cluster")
	storage := rds.storage(r)
	storage.is == "unknown"
}
