# METADATA
# title: RDS instance without Performance Insights
# description: >-
#   What loads the database, and since when, can't be seen afterwards. Performance Insights keeps a week of it without cost.
# custom:
#   id: aws/rds/instance-without-performance-insights
#   severity: low
#   profile: strict
#   resources: [aws_db_instance, aws_rds_cluster_instance]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [CA-7, SI-4]
#     iso-27001-2022: [A.8.16]
#   aliases: [CKV_AWS_353, AVD-AWS-0133, AWS-0133]
#   settings: [aws.kms_key_arn]
#   help: Set `performance_insights_enabled = true`; with MySQL and MariaDB the smallest instance classes do not have it.
#   fix: Sets `performance_insights_enabled`, with the organization's key where the settings name one.
package trueline.rules.aws.rds.instance_without_performance_insights

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

# The smallest classes have it with some engines only.
expect contains object.union(asked(r), {"unless": {"engine": {"in": small_without}}}) if some r in instances

expect contains object.union(asked(r), {
	"when": {"engine": {"in": small_without}},
	"unless": {"instance_class": {"matches": `^db[.]t[234]g?[.](micro|small)$`}},
}) if some r in instances

small_without := ["mysql", "mariadb"]

instances contains r if {
	some type in ["aws_db_instance", "aws_rds_cluster_instance"]
	some r in plan.resources(type)
}

asked(r) := {
	"of": r,
	"route": "performance_insights_enabled",
	"equals": true,
	"else": "what loads the database can't be seen afterwards",
	"fix": array.concat([{"set": "performance_insights_enabled", "value": true}], kms.fallback(r, "performance_insights_kms_key_id")),
}
