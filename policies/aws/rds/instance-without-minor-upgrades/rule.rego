# METADATA
# title: RDS instance that does not take minor upgrades by itself
# description: >-
#   Minor versions of an engine carry the fixes of its known holes. Where nothing in the source says that they are taken, no review
#   sees what was meant.
# custom:
#   id: aws/rds/instance-without-minor-upgrades
#   severity: low
#   profile: strict
#   resources: [aws_db_instance, aws_rds_cluster_instance]
#   controls:
#     soc2: [CC7.1]
#     cis-aws-3.0: ['2.3.2']
#     cis-aws-5.0: ['2.2.2']
#     nist-800-53-r5: [CM-3, SI-7]
#     iso-27001-2022: [A.8.32]
#   aliases: [CKV_AWS_226]
#   help: Set `auto_minor_version_upgrade = true`; upgrades happen in the maintenance window.
#   fix: Sets `auto_minor_version_upgrade`.
package trueline.rules.aws.rds.instance_without_minor_upgrades

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "auto_minor_version_upgrade",
	"equals": true, "stated": true,
	"else": "whether fixes of the engine are taken is left to a default",
} if {
	some type in ["aws_db_instance", "aws_rds_cluster_instance"]
	some r in plan.resources(type)
}
