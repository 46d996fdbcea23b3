# METADATA
# title: RDS instance whose logs stay on the instance
# description: >-
#   The engine's logs are kept for days and lost with the instance. In CloudWatch Logs they can be searched, kept and alarmed on.
# custom:
#   id: aws/rds/instance-without-log-exports
#   severity: low
#   profile: strict
#   resources: [aws_db_instance]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_129]
#   help: >-
#     List the logs of the engine in `enabled_cloudwatch_logs_exports`, e.g. `["error", "slowquery"]` for MySQL, `["postgresql",
#     "upgrade"]` for PostgreSQL.
#   fix: Exports the logs that the engine writes without further settings. CloudWatch Logs charges for what it takes in.
package trueline.rules.aws.rds.instance_without_log_exports

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "enabled_cloudwatch_logs_exports",
	"set": true,
	"else": "the engine's logs stay on the instance and are lost with it",
	"fix": exports(r),
	"effects": [{"kind": "cost", "why": "CloudWatch Logs charges for what it takes in"}],
} if some r in plan.resources("aws_db_instance")

exports(r) := [{"set": "enabled_cloudwatch_logs_exports", "value": logs[engine]}] if {
	some engine in object.keys(logs)
	startswith(r.values.engine, engine)
}

default exports(_) := []

# What each engine writes unless it is told otherwise.
logs := {
	"mariadb": ["error"],
	"mysql": ["error"],
	"oracle": ["alert", "listener"],
	"postgres": ["postgresql", "upgrade"],
	"sqlserver": ["error"],
}
