# METADATA
# title: GraphQL API whose requests are not logged
# description: >-
#   Who asked for what, and which answers failed, is recorded nowhere.
# custom:
#   id: aws/appsync/api-without-log
#   severity: medium
#   profile: baseline
#   resources: [aws_appsync_graphql_api]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_193]
#   help: Add a `log_config` with a role that may write to CloudWatch Logs and `field_log_level = "ERROR"`.
package trueline.rules.aws.appsync.api_without_log

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "log_config.cloudwatch_logs_role_arn",
	"set": true,
	"else": "who asked for what is recorded nowhere",
	"fix": [],
} if some r in plan.resources("aws_appsync_graphql_api")
