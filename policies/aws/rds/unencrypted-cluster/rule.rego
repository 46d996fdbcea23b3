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

deny contains {
	"address": r.address,
	"route": "storage_encrypted",
	"msg": sprintf("%s: this cluster's storage is not encrypted", [plan.not_true("storage_encrypted", state)]),
	"fix": array.concat([{"set": "storage_encrypted", "value": true}], kms.fallback(r, "kms_key_id")),
	"effects": [{"kind": "replaces", "why": "the storage of an existing cluster can't be encrypted: it would be replaced by an empty one"}],
} if {
	some r in plan.resources("aws_rds_cluster")
	not always_encrypted(r)
	not inherits(r)
	state := plan.truth(r, "storage_encrypted", r.values.storage_encrypted)
	state in {"false", "unset"}
}

unknown contains plan.undecided(r, "storage_encrypted", "the storage is encrypted") if {
	some r in plan.resources("aws_rds_cluster")
	not always_encrypted(r)
	plan.truth(r, "storage_encrypted", r.values.storage_encrypted) == "unknown"
}

unknown contains {
	"address": r.address,
	"route": route,
	"msg": "whether the storage is encrypted can't be decided: what the cluster is made from decides",
	"why": "a cluster that is restored or replicated is encrypted as its source is, unless it is given a key",
} if {
	some r in plan.resources("aws_rds_cluster")
	not always_encrypted(r)
	plan.truth(r, "storage_encrypted", r.values.storage_encrypted) != "true"
	some route in ["snapshot_identifier", "replication_source_identifier"]
	plan.given(r, route, r.values[route])
}

# The first serverless engine mode knows no unencrypted storage.
always_encrypted(r) if r.values.engine_mode == "serverless"

inherits(r) if {
	some route in ["snapshot_identifier", "replication_source_identifier"]
	plan.given(r, route, r.values[route])
}
