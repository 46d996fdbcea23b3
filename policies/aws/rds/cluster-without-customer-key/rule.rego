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

deny contains {
	"address": r.address,
	"route": "kms_key_id",
	"msg": "`kms_key_id` is not set: the cluster is encrypted with the key that AWS manages",
	"fix": kms.set(r, "kms_key_id"),
	"needs": kms.needs(r),
	"effects": [{"kind": "replaces", "why": "the key of an existing cluster can't be changed: it would be replaced by an empty one"}],
} if {
	some r in encrypted
	not plan.given(r, "kms_key_id", r.values.kms_key_id)
	not plan.open_reference(r, "kms_key_id")
	count(rds.sources(r)) + count(rds.open_sources(r)) == 0
}

# Without a key of its own it keeps that of its source.
unknown contains {
	"address": r.address,
	"route": array.concat(rds.sources(r), rds.open_sources(r))[0],
	"msg": "whether a customer-managed key is used can't be decided: a cluster that is made from another one keeps its key",
	"why": "the key of what the cluster is made from is not known",
} if {
	some r in encrypted
	not plan.given(r, "kms_key_id", r.values.kms_key_id)
	not plan.open_reference(r, "kms_key_id")
	count(rds.sources(r)) + count(rds.open_sources(r)) > 0
}

unknown contains plan.undecided(r, "kms_key_id", "a customer-managed key is used") if {
	some r in encrypted
	plan.open_reference(r, "kms_key_id")
}

# Unencrypted storage is another rule's finding.
encrypted contains r if {
	some r in plan.resources("aws_rds_cluster")
	plan.truth(r, "storage_encrypted", r.values.storage_encrypted) == "true"
}

encrypted contains r if {
	some r in plan.resources("aws_rds_cluster")
	r.values.engine_mode == "serverless"
}
