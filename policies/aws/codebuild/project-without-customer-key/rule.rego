# METADATA
# title: Build encrypted without a customer-managed key
# description: >-
#   Artifacts are encrypted with the key that AWS manages for S3: its policy can't be changed, and access can't be cut by disabling it.
# custom:
#   id: aws/codebuild/project-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_codebuild_project]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_147]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `encryption_key`, and let the build's role use it.
#   fix: >-
#     Sets `encryption_key` to the organization's key. Unsafe always: the build's role has to be allowed to use the key.
package trueline.rules.aws.codebuild.project_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan
import data.trueline.lib.roles

expect contains {
	"of": r,
	"route": "encryption_key",
	"set": true,
	"else": "what is built is encrypted with the key that AWS manages",
	"unless": {"artifacts.type": "NO_ARTIFACTS"},
	"fix": kms.set(r, "encryption_key"),
	"needs": kms.needs(r),
	"effects": array.concat([kms.cost], roles.effects(r, "service_role", ["kms:encrypt", "kms:generatedatakey"], [], "the role of the build has to be allowed to use the key")),
} if some r in plan.resources("aws_codebuild_project")
