# METADATA
# title: Build whose logs in S3 are not encrypted
# description: >-
#   Logs of builds hold more of the secrets that the build uses than anybody means them to.
# custom:
#   id: aws/codebuild/unencrypted-logs
#   severity: medium
#   profile: baseline
#   resources: [aws_codebuild_project]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_311]
#   help: Leave `encryption_disabled` out of `s3_logs`.
#   fix: Sets `encryption_disabled` to false.
package trueline.rules.aws.codebuild.unencrypted_logs

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "logs_config.s3_logs.encryption_disabled",
	"not_equals": true,
	"else": "its logs are stored unencrypted",
	"value": false,
} if some r in plan.resources("aws_codebuild_project")
