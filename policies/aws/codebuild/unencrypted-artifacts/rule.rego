# METADATA
# title: Build whose artifacts are not encrypted
# description: >-
#   What is built lies in the bucket unencrypted, whatever the bucket's other objects are.
# custom:
#   id: aws/codebuild/unencrypted-artifacts
#   severity: high
#   profile: baseline
#   resources: [aws_codebuild_project]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_78]
#   help: Leave `encryption_disabled` out of `artifacts`.
#   fix: Sets `encryption_disabled` to false.
package trueline.rules.aws.codebuild.unencrypted_artifacts

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"each": "artifacts",
	"route": "encryption_disabled",
	"not_equals": true,
	"else": "what is built is stored unencrypted",
	"when": {"type": {"not_in": ["NO_ARTIFACTS"]}},
	"value": false,
	"what": "artifacts are encrypted",
} if some r in plan.resources("aws_codebuild_project")
