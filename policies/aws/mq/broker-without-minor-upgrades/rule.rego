# METADATA
# title: MQ broker without automatic minor upgrades
# description: >-
#   Fixes of the broker, also of its security, are not installed until somebody does it by hand.
# custom:
#   id: aws/mq/broker-without-minor-upgrades
#   severity: medium
#   profile: baseline
#   resources: [aws_mq_broker]
#   controls:
#     soc2: [CC7.1]
#     nist-800-53-r5: [CM-3, SI-7]
#     iso-27001-2022: [A.8.32]
#   aliases: [CKV_AWS_207]
#   help: Set `auto_minor_version_upgrade = true`.
#   fix: Sets `auto_minor_version_upgrade`. The broker restarts in its maintenance window.
package trueline.rules.aws.mq.broker_without_minor_upgrades

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "auto_minor_version_upgrade",
	"equals": true,
	"else": "fixes of the broker are not installed",
	"effects": existing(r),
} if some r in plan.resources("aws_mq_broker")

existing(r) := [{"kind": "downtime", "why": "the broker restarts in its maintenance window when a version comes out"}] if not r.new

default existing(_) := []
