# METADATA
# title: Kubernetes secrets without encryption of their own
# description: >-
#   Secrets lie in the cluster's database with the encryption of its disk only. With a key of the organization each one is encrypted by
#   itself, and reading them can be cut by disabling the key.
# custom:
#   id: aws/eks/secrets-without-customer-key
#   severity: high
#   profile: strict
#   resources: [aws_eks_cluster]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_58, AVD-AWS-0039, AWS-0039]
#   settings: [aws.kms_key_arn]
#   help: Add an `encryption_config` with `resources = ["secrets"]` and the key in `provider.key_arn`.
#   fix: Adds `encryption_config` with the organization's key. Unsafe on an existing cluster, where it can't be taken back.
package trueline.rules.aws.eks.secrets_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "encryption_config.resources",
	"includes": ["secrets"],
	"else": "secrets of the cluster are not encrypted with a key of the organization",
	"fix": operations(r),
	"needs": kms.needs(r),
	"effects": effects(r),
} if some r in plan.resources("aws_eks_cluster")

operations(r) := [
	{"set": "encryption_config[0].resources", "value": ["secrets"]},
	{"default": "encryption_config[0].provider[0].key_arn", "value": kms.key(r)},
]

default operations(_) := []

effects(r) := [kms.cost] if r.new

effects(r) := [kms.cost, kms.behaviour("encryption can't be taken back, and the cluster is lost with its key")] if not r.new
