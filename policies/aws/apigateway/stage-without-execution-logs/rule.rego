# METADATA
# title: API stage without metrics and logs of its errors
# description: >-
#   What went wrong inside of the API (a failed authorizer, a mapping, a timeout behind it) is seen nowhere, and no alarm can count it.
# custom:
#   id: aws/apigateway/stage-without-execution-logs
#   severity: low
#   profile: strict
#   resources: [aws_api_gateway_stage]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV2_AWS_4]
#   help: >-
#     Add an `aws_api_gateway_method_settings` for `*/*` with `metrics_enabled = true` and `logging_level = "ERROR"`. The account needs
#     an `aws_api_gateway_account` with a role for CloudWatch.
#   fix: >-
#     Adds these settings. Unsafe always: without a role for CloudWatch in the account API Gateway refuses them.
package trueline.rules.aws.apigateway.stage_without_execution_logs

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains object.union(mending(r), {
	"of": r,
	"companion": "aws_api_gateway_method_settings",
	"link": {"stage_name": "stage_name"},
	"equals": {"settings.metrics_enabled": true, "settings.logging_level": {"in": ["ERROR", "INFO"]}},
	"else": "what goes wrong in it is seen nowhere",
	"effects": [
		{"kind": "cost", "why": "CloudWatch charges for what it takes in"},
		kms.behaviour("the account has to have a role for CloudWatch (`aws_api_gateway_account`), or API Gateway refuses it"),
	],
}) if some r in plan.resources("aws_api_gateway_stage")

# The settings name the API by the stage, where that is a single one.
mending(r) := {"also": {"rest_api_id": {"hcl": sprintf("%s.rest_api_id", [name])}, "method_path": "*/*", "settings.metrics_enabled": true, "settings.logging_level": "ERROR"}} if {
	name := trim_prefix(r.address, sprintf("%s.", [r.module]))
	not contains(name, "[")
}

default mending(_) := {"fix": []}
