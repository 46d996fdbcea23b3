# METADATA
# title: Image repository encrypted without KMS
# description: >-
#   Images are encrypted with a key of S3: their use is not recorded, and access can't be cut by disabling a key.
# custom:
#   id: aws/ecr/repository-without-kms
#   severity: low
#   profile: strict
#   resources: [aws_ecr_repository]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_136, AVD-AWS-0033, AWS-0033]
#   settings: [aws.kms_key_arn]
#   help: Add an `encryption_configuration` with `encryption_type = "KMS"` and the organization's key in `kms_key`.
#   fix: >-
#     Sets `encryption_type` to "KMS", with the organization's key where the settings name one. Unsafe on an existing repository, which
#     would be replaced by an empty one.
package trueline.rules.aws.ecr.repository_without_kms

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "encryption_configuration.encryption_type",
	"in": ["KMS", "KMS_DSSE"],
	"else": "its images are encrypted with a key of S3",
	"fix": array.concat([{"set": "encryption_configuration[0].encryption_type", "value": "KMS"}], kms.fallback(r, "encryption_configuration[0].kms_key")),
	"effects": [kms.cost, {"kind": "replaces", "why": "the encryption of an existing repository can't be changed: it would be replaced by an empty one"}],
} if some r in plan.resources("aws_ecr_repository")
