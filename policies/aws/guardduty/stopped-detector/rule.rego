# METADATA
# title: GuardDuty detector that is switched off
# description: >-
#   The detector is there and looks as if it watched, but nothing is analysed and no threat is reported.
# custom:
#   id: aws/guardduty/stopped-detector
#   severity: medium
#   profile: baseline
#   resources: [aws_guardduty_detector]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [CA-7, SI-4]
#     iso-27001-2022: [A.8.16]
#   aliases: [CKV_AWS_238]
#   help: Remove `enable`, or set it to true.
#   fix: Sets `enable`. GuardDuty charges for the events that it looks at.
package trueline.rules.aws.guardduty.stopped_detector

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "enable",
	"equals": true, "or_unset": true,
	"else": "no threat is reported",
	"effects": [{"kind": "cost", "why": "GuardDuty charges for the events that it looks at"}],
} if some r in plan.resources("aws_guardduty_detector")
