# METADATA
# title: Log of a state machine without what its steps were given
# description: >-
#   The log says that a step failed, and not with which input: the fault can't be found or repeated.
# custom:
#   id: aws/stepfunctions/log-without-execution-data
#   severity: info
#   profile: strict
#   resources: [aws_sfn_state_machine]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_285]
#   help: Set `include_execution_data = true`, unless runs handle secrets or personal data that may not be in a log.
#   fix: >-
#     Sets `include_execution_data`. Unsafe always: what runs handle is in the log then.
package trueline.rules.aws.stepfunctions.log_without_execution_data

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "logging_configuration.include_execution_data",
	"equals": true,
	"else": "the log does not say with what a step failed",
	"when": {"logging_configuration.level": {"in": ["ALL", "ERROR", "FATAL"]}},
	"effects": [{"kind": "behaviour", "why": "what runs are given and answer is in the log, personal data and secrets included"}],
} if some r in plan.resources("aws_sfn_state_machine")
