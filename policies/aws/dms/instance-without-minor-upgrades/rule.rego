# METADATA
# title: DMS replication instance without automatic minor upgrades
# description: >-
#   Fixes of the engine, also of its security, are not installed until somebody does it by hand.
# custom:
#   id: aws/dms/instance-without-minor-upgrades
#   severity: medium
#   profile: baseline
#   resources: [aws_dms_replication_instance]
#   controls:
#     soc2: [CC7.1]
#     nist-800-53-r5: [CM-3, SI-7]
#     iso-27001-2022: [A.8.32]
#   aliases: [CKV_AWS_222]
#   help: Set `auto_minor_version_upgrade = true`.
#   fix: Sets `auto_minor_version_upgrade`.
package trueline.rules.aws.dms.instance_without_minor_upgrades

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "auto_minor_version_upgrade",
	"equals": true,
	"else": "fixes of the engine are not installed",
	"stated": true,
	"effects": existing(r),
} if some r in plan.resources("aws_dms_replication_instance")

existing(r) := [{"kind": "downtime", "why": "the instance restarts in its maintenance window when a version comes out"}] if not r.new

default existing(_) := []
