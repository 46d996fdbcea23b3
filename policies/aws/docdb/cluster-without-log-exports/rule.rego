# METADATA
# title: DocumentDB cluster whose logs go nowhere
# description: >-
#   Who logged in, what was created and dropped, and which operations were slow can't be told afterwards.
# custom:
#   id: aws/docdb/cluster-without-log-exports
#   severity: medium
#   profile: strict
#   resources: [aws_docdb_cluster]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_85, AVD-AWS-0020, AWS-0020]
#   help: Set `enabled_cloudwatch_logs_exports = ["audit", "profiler"]`, and `audit_logs` in the cluster's parameter group.
#   fix: Exports the audit and profiler logs. CloudWatch Logs charges for what it takes in.
package trueline.rules.aws.docdb.cluster_without_log_exports

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "enabled_cloudwatch_logs_exports",
	"set": true,
	"else": "who did what in this cluster is not recorded",
	"value": ["audit", "profiler"],
	"effects": [{"kind": "cost", "why": "CloudWatch Logs charges for what it takes in"}],
} if some r in plan.resources("aws_docdb_cluster")
