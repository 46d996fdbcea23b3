# METADATA
# title: RDS cluster encrypted without a customer-managed key
# description: >-
#   The cluster is encrypted with the key that AWS manages for RDS. Its policy can't be changed, it can't be shared with another
#   account, and access to the data can't be cut by disabling it.
# custom:
#   id: aws/rds/cluster-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_rds_cluster]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_327]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `kms_key_id`.
#   after: [aws/rds/unencrypted-cluster]
#   fix: Sets `kms_key_id` to the organization's key. Unsafe on an existing cluster, which would be replaced by an empty one.
package trueline.rules.aws.rds.cluster_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan
import data.trueline.lib.rds

# Unencrypted storage is another rule's finding; the first serverless engine mode is always encrypted.
expect contains object.union(key(r), {"when": {"storage_encrypted": true}}) if some r in plan.resources("aws_rds_cluster")

expect contains object.union(key(r), {"when": {"engine_mode": "serverless"}, "unless": {"storage_encrypted": true}}) if {
	some r in plan.resources("aws_rds_cluster")
}

key(r) := {
	"of": object.union(r, {"doubt": doubt(r)}),
	"route": "kms_key_id",
	"set": true,
	"else": "the cluster is encrypted with the key that AWS manages",
	"what": "a customer-managed key is used",
	"fix": kms.set(r, "kms_key_id"),
	"needs": kms.needs(r),
	"effects": [{"kind": "replaces", "why": "the key of an existing cluster can't be changed: it would be replaced by an empty one"}],
}

# Without a key of its own it keeps that of its source.
doubt(r) := "a cluster that is made from another one keeps its key" if count(rds.sources(r)) + count(rds.open_sources(r)) > 0

default doubt(_) := ""
