# METADATA
# title: Neptune cluster whose audit log goes nowhere
# description: >-
#   Who queried and changed the graph can't be told afterwards, neither after an intrusion nor for an auditor.
# custom:
#   id: aws/neptune/cluster-without-audit-log
#   severity: medium
#   profile: strict
#   resources: [aws_neptune_cluster]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_101, AVD-AWS-0075, AWS-0075]
#   help: Set `enable_cloudwatch_logs_exports = ["audit"]`, and `neptune_enable_audit_log` in the cluster's parameter group.
#   fix: Exports the audit log. CloudWatch Logs charges for what it takes in.
package trueline.rules.aws.neptune.cluster_without_audit_log

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "enable_cloudwatch_logs_exports",
	"includes": ["audit"],
	"else": "who did what in this cluster is not recorded",
	"effects": [{"kind": "cost", "why": "CloudWatch Logs charges for what it takes in"}],
} if some r in plan.resources("aws_neptune_cluster")
