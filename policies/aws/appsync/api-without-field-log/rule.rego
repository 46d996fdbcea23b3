# METADATA
# title: GraphQL API that logs no errors of its fields
# description: >-
#   A GraphQL answer with errors in some fields still counts as a success. Without a log of the fields nobody sees which resolver
#   failed.
# custom:
#   id: aws/appsync/api-without-field-log
#   severity: low
#   profile: baseline
#   resources: [aws_appsync_graphql_api]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_194]
#   help: Set `field_log_level = "ERROR"`.
#   fix: Sets `field_log_level` to "ERROR".
package trueline.rules.aws.appsync.api_without_field_log

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "log_config.field_log_level",
	"in": ["ALL", "ERROR"],
	"else": "which resolvers fail is recorded nowhere",
	"when": {"log_config": {"set": true}},
	"value": "ERROR",
} if some r in plan.resources("aws_appsync_graphql_api")
