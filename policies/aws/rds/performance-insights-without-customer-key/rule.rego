# METADATA
# title: Performance Insights encrypted without a customer-managed key
# description: >-
#   The statements that Performance Insights keeps may hold data. With the key that AWS manages nobody can say who may read them, or
#   take that away.
# custom:
#   id: aws/rds/performance-insights-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_db_instance, aws_rds_cluster_instance]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_354, AVD-AWS-0078, AWS-0078]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `performance_insights_kms_key_id`.
#   after: [aws/rds/instance-without-performance-insights]
#   fix: >-
#     Sets `performance_insights_kms_key_id` to the organization's key. Unsafe on an existing instance, whose key can't be changed.
package trueline.rules.aws.rds.performance_insights_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "performance_insights_kms_key_id",
	"set": true,
	"else": "what Performance Insights keeps is encrypted with the key that AWS manages",
	"when": {"performance_insights_enabled": true},
	"fix": kms.set(r, "performance_insights_kms_key_id"),
	"needs": kms.needs(r),
	"effects": [{"kind": "replaces", "why": "the key of an existing instance can't be changed: it would be replaced"}],
} if {
	some type in ["aws_db_instance", "aws_rds_cluster_instance"]
	some r in plan.resources(type)
}
