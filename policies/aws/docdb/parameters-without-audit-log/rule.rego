# METADATA
# title: DocumentDB parameters that leave auditing off
# description: >-
#   Even a cluster that exports its audit log has nothing to export: logins, changes of users and collections are recorded only with
#   `audit_logs`.
# custom:
#   id: aws/docdb/parameters-without-audit-log
#   severity: medium
#   profile: strict
#   resources: [aws_docdb_cluster_parameter_group]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_104]
#   help: Set the parameter `audit_logs` to `"enabled"`, and export `"audit"` from the cluster.
#   fix: Sets `audit_logs` to `"enabled"`.
package trueline.rules.aws.docdb.parameters_without_audit_log

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "parameter",
	"has": {"name": "audit_logs", "value": {"in": ["enabled", "all", "ddl", "dml_read", "dml_write"]}},
	"else": "clusters with these parameters record no logins and changes",
	"fix": operations(r),
	"effects": [{"kind": "cost", "why": "CloudWatch Logs charges for what it takes in"}],
} if some r in plan.resources("aws_docdb_cluster_parameter_group")

operations(r) := [{"set": sprintf("parameter[%d].value", [i]), "value": "enabled"}] if {
	some i, parameter in plan.elements(r.values, "parameter")
	parameter.name == "audit_logs"
}

operations(r) := [{"set": sprintf("parameter[%d]", [n]), "value": {"name": "audit_logs", "value": "enabled"}}] if {
	not named(r)
	n := count(plan.elements(r.values, "parameter"))
}

named(r) if {
	some parameter in plan.elements(r.values, "parameter")
	parameter.name == "audit_logs"
}
