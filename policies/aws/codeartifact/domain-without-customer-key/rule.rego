# METADATA
# title: CodeArtifact domain encrypted without a customer-managed key
# description: >-
#   It is encrypted with a key that AWS manages: its policy can't be changed, and access can't be cut by disabling it.
# custom:
#   id: aws/codeartifact/domain-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_codeartifact_domain]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_221]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `encryption_key`.
#   fix: Sets `encryption_key` to the organization's key. Unsafe on what exists, which would be replaced.
package trueline.rules.aws.codeartifact.domain_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "encryption_key",
	"set": true,
	"else": "the domain is encrypted with the key that AWS manages",
	"fix": kms.set(r, "encryption_key"),
	"needs": kms.needs(r),
	"effects": [kms.cost, {"kind": "replaces", "why": "the key can't be changed afterwards"}],
} if some r in plan.resources("aws_codeartifact_domain")
