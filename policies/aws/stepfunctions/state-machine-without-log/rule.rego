# METADATA
# title: State machine whose runs are not logged
# description: >-
#   The history of a run is gone after 90 days, of an express run at once: what it did, and with what it failed, can't be found
#   afterwards.
# custom:
#   id: aws/stepfunctions/state-machine-without-log
#   severity: low
#   profile: baseline
#   resources: [aws_sfn_state_machine]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_285]
#   help: >-
#     Add a `logging_configuration` with `level = "ALL"` (or "ERROR"), a log group in `log_destination` (its ARN with `:*`), and let
#     the machine's role write to it.
package trueline.rules.aws.stepfunctions.state_machine_without_log

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "logging_configuration.level",
	"in": ["ALL", "ERROR", "FATAL"],
	"else": "what its runs did can't be found afterwards",
	"fix": [],
} if some r in plan.resources("aws_sfn_state_machine")
