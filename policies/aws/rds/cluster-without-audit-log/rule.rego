# METADATA
# title: Aurora MySQL cluster without audit log
# description: >-
#   Who logged in and which statements ran can't be told afterwards, neither after an intrusion nor for an auditor.
# custom:
#   id: aws/rds/cluster-without-audit-log
#   severity: low
#   profile: strict
#   resources: [aws_rds_cluster]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_325]
#   help: Add `"audit"` to `enabled_cloudwatch_logs_exports`, and set `server_audit_logging` in the cluster's parameter group.
#   fix: Adds `"audit"` to the logs that are exported. CloudWatch Logs charges for what it takes in.
package trueline.rules.aws.rds.cluster_without_audit_log

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "enabled_cloudwatch_logs_exports",
	"includes": ["audit"],
	"else": "who did what in this database is not recorded",
	"when": {"engine": {"in": ["aurora-mysql", "mysql"]}},
	"effects": [{"kind": "cost", "why": "CloudWatch Logs charges for what it takes in"}],
} if some r in plan.resources("aws_rds_cluster")
