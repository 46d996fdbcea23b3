# METADATA
# title: Redshift cluster that is not upgraded
# description: >-
#   Fixes of the engine, also of its security, are not installed in the maintenance window until somebody does it by hand.
# custom:
#   id: aws/redshift/cluster-without-upgrades
#   severity: medium
#   profile: baseline
#   resources: [aws_redshift_cluster]
#   controls:
#     soc2: [CC7.1]
#     nist-800-53-r5: [CM-3, SI-7]
#     iso-27001-2022: [A.8.32]
#   aliases: [CKV_AWS_141]
#   help: Set `allow_version_upgrade = true`, or leave it out.
#   fix: Sets `allow_version_upgrade`.
package trueline.rules.aws.redshift.cluster_without_upgrades

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "allow_version_upgrade",
	"equals": true, "or_unset": true,
	"else": "fixes of the engine are not installed",
	"effects": existing(r),
} if some r in plan.resources("aws_redshift_cluster")

existing(r) := [{"kind": "downtime", "why": "the next upgrade is installed in the maintenance window"}] if not r.new

default existing(_) := []
