# METADATA
# title: Athena workgroup whose settings clients may override
# description: >-
#   Whoever runs a query may choose another place for its results, and leave them unencrypted, whatever the workgroup says.
# custom:
#   id: aws/athena/workgroup-that-clients-override
#   severity: medium
#   profile: baseline
#   resources: [aws_athena_workgroup]
#   controls:
#     soc2: [CC7.1, CC8.1]
#     nist-800-53-r5: [CM-2, CM-6]
#     iso-27001-2022: [A.8.9]
#   aliases: [CKV_AWS_82, AVD-AWS-0007, AWS-0007]
#   help: Set `enforce_workgroup_configuration = true`, or leave it out.
#   fix: Sets `enforce_workgroup_configuration`.
package trueline.rules.aws.athena.workgroup_that_clients_override

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "configuration.enforce_workgroup_configuration",
	"not_equals": false,
	"else": "clients may store results elsewhere and unencrypted",
	"value": true,
	"effects": existing(r),
} if some r in plan.resources("aws_athena_workgroup")

existing(r) := [{"kind": "behaviour", "why": "clients that choose a place of their own get that of the workgroup"}] if not r.new

default existing(_) := []
