# METADATA
# title: RDS cluster whose logs stay on its instances
# description: >-
#   The engine's logs are kept for days and lost with the instances. In CloudWatch Logs they can be searched, kept and alarmed on.
# custom:
#   id: aws/rds/cluster-without-log-exports
#   severity: low
#   profile: strict
#   resources: [aws_rds_cluster]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_324]
#   help: >-
#     List the logs of the engine in `enabled_cloudwatch_logs_exports`, e.g. `["audit", "error"]` for Aurora MySQL, `["postgresql"]`
#     for PostgreSQL.
#   fix: Exports the audit and error logs of MySQL, or the log of PostgreSQL. CloudWatch Logs charges for what it takes in.
package trueline.rules.aws.rds.cluster_without_log_exports

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "enabled_cloudwatch_logs_exports",
	"set": true,
	"else": "the engine's logs stay on the instances and are lost with them",
	"fix": exports(r),
	"effects": [{"kind": "cost", "why": "CloudWatch Logs charges for what it takes in"}],
} if some r in plan.resources("aws_rds_cluster")

exports(r) := [{"set": "enabled_cloudwatch_logs_exports", "value": logs[r.values.engine]}]

default exports(_) := []

logs := {
	"aurora-mysql": ["audit", "error"],
	"aurora-postgresql": ["postgresql"],
	"mysql": ["audit", "error"],
	"postgres": ["postgresql", "upgrade"],
}
