# METADATA
# title: MQ broker whose log goes nowhere
# description: >-
#   Errors, connections and changes of the broker are not kept anywhere, so that neither an outage nor an attack can be traced.
# custom:
#   id: aws/mq/broker-without-logs
#   severity: medium
#   profile: strict
#   resources: [aws_mq_broker]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_48, AVD-AWS-0071, AWS-0071]
#   help: Set `general = true` in `logs`.
#   fix: Sets `general` in the `logs` block. CloudWatch Logs charges for what it takes in.
package trueline.rules.aws.mq.broker_without_logs

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "logs.general",
	"equals": true,
	"else": "what happens in the broker is not kept anywhere",
	"effects": [{"kind": "cost", "why": "CloudWatch Logs charges for what it takes in"}],
} if some r in plan.resources("aws_mq_broker")
