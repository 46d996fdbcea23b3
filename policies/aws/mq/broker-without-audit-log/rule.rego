# METADATA
# title: ActiveMQ broker without audit log
# description: >-
#   Who changed what by the console or the management interface can't be told afterwards.
# custom:
#   id: aws/mq/broker-without-audit-log
#   severity: low
#   profile: strict
#   resources: [aws_mq_broker]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_197, AVD-AWS-0070, AWS-0070]
#   help: Set `audit = true` in `logs`.
#   fix: Sets `audit` in the `logs` block. CloudWatch Logs charges for what it takes in.
package trueline.rules.aws.mq.broker_without_audit_log

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "logs.audit",
	"equals": true,
	"else": "who administered the broker is not recorded",
	"unless": {"engine_type": {"matches": "(?i)^rabbitmq$"}},
	"effects": [{"kind": "cost", "why": "CloudWatch Logs charges for what it takes in"}],
} if some r in plan.resources("aws_mq_broker")
