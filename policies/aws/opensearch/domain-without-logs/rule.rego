# METADATA
# title: OpenSearch domain whose logs go nowhere
# description: >-
#   Errors and slow queries of the domain are not kept anywhere, so that neither an outage nor an attack can be traced.
# custom:
#   id: aws/opensearch/domain-without-logs
#   severity: low
#   profile: strict
#   resources: [aws_opensearch_domain, aws_elasticsearch_domain]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_84, AVD-AWS-0042, AWS-0042]
#   help: >-
#     Add a `log_publishing_options` block for each of `ES_APPLICATION_LOGS`, `INDEX_SLOW_LOGS` and `SEARCH_SLOW_LOGS` with the ARN of
#     a log group, and an `aws_cloudwatch_log_resource_policy` that lets `es.amazonaws.com` write to it.
package trueline.rules.aws.opensearch.domain_without_logs

import rego.v1

import data.trueline.lib.plan

expect contains object.union(common(r), {
	"route": "log_publishing_options.cloudwatch_log_group_arn",
	"set": true,
	"else": "errors and slow queries are not kept anywhere",
}) if {
	some type in ["aws_opensearch_domain", "aws_elasticsearch_domain"]
	some r in plan.resources(type)
}

expect contains object.union(common(r), {
	"each": "log_publishing_options",
	"route": "enabled",
	"not_equals": false,
	"else": "this log is not written",
}) if {
	some type in ["aws_opensearch_domain", "aws_elasticsearch_domain"]
	some r in plan.resources(type)
}

common(r) := {"of": r, "fix": []}
