# METADATA
# title: MSK cluster whose broker logs go nowhere
# description: >-
#   Failed logins, lost brokers and errors are not kept anywhere, so that neither an outage nor an attack can be traced.
# custom:
#   id: aws/msk/cluster-without-logs
#   severity: medium
#   profile: strict
#   resources: [aws_msk_cluster]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_80, AVD-AWS-0074, AWS-0074]
#   help: Add a `logging_info` block with a log group, a delivery stream or a bucket that the logs go to.
package trueline.rules.aws.msk.cluster_without_logs

import rego.v1

import data.trueline.lib.plan

# One place is enough: what leads to a log that is written is what counts.
expect contains {
	"of": r,
	"route": "logging_info.broker_logs",
	"set": true,
	"else": "logs of the brokers are not kept anywhere",
	"fix": [],
} if some r in plan.resources("aws_msk_cluster")

expect contains {
	"of": r,
	"route": "logging_info.broker_logs.cloudwatch_logs.enabled",
	"equals": true,
	"else": "logs of the brokers are not kept anywhere",
	"what": "logs of the brokers are kept",
	"when": {"logging_info.broker_logs": {"set": true}},
	"unless": {"logging_info.broker_logs.firehose.enabled": true, "logging_info.broker_logs.s3.enabled": true},
	"fix": [],
} if some r in plan.resources("aws_msk_cluster")
