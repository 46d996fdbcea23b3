# METADATA
# title: State machine whose runs are not traced
# description: >-
#   When a run is slow or fails, nothing shows which of the services that it calls was to blame. X-Ray records the way through all of
#   them.
# custom:
#   id: aws/stepfunctions/state-machine-without-tracing
#   severity: low
#   profile: strict
#   resources: [aws_sfn_state_machine]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [CA-7, SI-4]
#     iso-27001-2022: [A.8.16]
#   aliases: [CKV_AWS_284]
#   help: Set `enabled = true` in `tracing_configuration`, and let the machine's role write traces.
#   fix: >-
#     Sets `tracing_configuration.enabled`. Traces are paid for by their number; without permission of the role they are left out.
package trueline.rules.aws.stepfunctions.state_machine_without_tracing

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "tracing_configuration.enabled",
	"equals": true,
	"else": "where its runs spend their time is not recorded",
	"effects": [{"kind": "cost", "why": "traces are paid for by their number"}],
} if some r in plan.resources("aws_sfn_state_machine")
