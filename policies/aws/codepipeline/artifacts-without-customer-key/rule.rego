# METADATA
# title: Pipeline whose artifacts have no customer-managed key
# description: >-
#   Source and builds are encrypted with the key that AWS manages for S3: its policy can't be changed, other accounts can't be let in,
#   and access can't be cut by disabling it.
# custom:
#   id: aws/codepipeline/artifacts-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_codepipeline]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_219]
#   settings: [aws.kms_key_arn]
#   help: >-
#     Add an `encryption_key` with `type = "KMS"` and the organization's key as `id` to each `artifact_store`, and let the pipeline's
#     and builds' roles use it.
#   fix: >-
#     Adds `encryption_key`. Unsafe always: the roles of the pipeline and of what it runs have to be allowed to use the key.
package trueline.rules.aws.codepipeline.artifacts_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"each": "artifact_store",
	"route": "encryption_key.id",
	"set": true,
	"else": "its artifacts are encrypted with the key that AWS manages",
	"fix": operations(r),
	"needs": kms.needs(r),
	"effects": [kms.cost, kms.behaviour("the roles of the pipeline and of what it runs have to be allowed to use the key")],
} if some r in plan.resources("aws_codepipeline")

# Pipelines over several regions need a key of each.
operations(r) := [
	{"set": "artifact_store[0].encryption_key[0].id", "value": kms.key(r)},
	{"set": "artifact_store[0].encryption_key[0].type", "value": "KMS"},
] if {
	count(plan.elements(r.values, "artifact_store")) == 1
}

default operations(_) := []
