# METADATA
# title: Build that does not say where its logs go
# description: >-
#   Where nothing is said the logs go to a group that CodeBuild makes: without encryption by a key of the organization, kept for ever,
#   and known to nobody.
# custom:
#   id: aws/codebuild/project-without-log-settings
#   severity: low
#   profile: strict
#   resources: [aws_codebuild_project]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_314]
#   help: Name a log group in `logs_config.cloudwatch_logs`, or a bucket in `s3_logs`.
package trueline.rules.aws.codebuild.project_without_log_settings

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "logs_config",
	"set": true, "stated": true,
	"else": "its logs go to a group that nobody looks after",
	"fix": [],
} if some r in plan.resources("aws_codebuild_project")
