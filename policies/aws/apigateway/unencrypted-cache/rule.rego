# METADATA
# title: API cache without encryption
# description: >-
#   Answers of the API lie in the cache as they were sent, for whoever gets at its disks: names, orders, tokens.
# custom:
#   id: aws/apigateway/unencrypted-cache
#   severity: medium
#   profile: baseline
#   resources: [aws_api_gateway_method_settings]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_308, AVD-AWS-0002, AWS-0002]
#   help: Set `cache_data_encrypted = true`.
#   fix: Sets `cache_data_encrypted`. Unsafe on an existing stage, whose cache is emptied.
package trueline.rules.aws.apigateway.unencrypted_cache

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "settings.cache_data_encrypted",
	"equals": true,
	"else": "answers lie in the cache unencrypted",
	"when": {"settings.caching_enabled": true},
	"effects": [{"kind": "downtime", "why": "the cache is emptied"}],
} if some r in plan.resources("aws_api_gateway_method_settings")
