# METADATA
# title: Redshift cluster without a customer-managed key
# description: >-
#   The cluster is encrypted with a key that AWS owns. Its policy can't be changed, it can't be shared with another account, and access
#   to the data can't be cut by disabling it.
# custom:
#   id: aws/redshift/cluster-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_redshift_cluster]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_142, AVD-AWS-0084, AWS-0084]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `kms_key_id`.
#   after: [aws/redshift/unencrypted-cluster]
#   fix: Sets `kms_key_id` to the organization's key. Unsafe where those who work with it may not be allowed to use that key.
package trueline.rules.aws.redshift.cluster_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "kms_key_id",
	"set": true,
	"else": "the cluster is encrypted with a key that AWS owns",
	"what": "a customer-managed key is used",
	"fix": kms.set(r, "kms_key_id"),
	"needs": kms.needs(r),
	"effects": array.concat([kms.cost], [kms.behaviour("whoever restores its snapshots needs permission for the key, and an existing cluster can only be read while it is encrypted anew")]),
} if some r in plan.resources("aws_redshift_cluster")
