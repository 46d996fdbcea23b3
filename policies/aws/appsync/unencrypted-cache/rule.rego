# METADATA
# title: Cache of a GraphQL API without encryption
# description: >-
#   Answers lie in the cache as they were sent, for whoever gets at its disks.
# custom:
#   id: aws/appsync/unencrypted-cache
#   severity: medium
#   profile: baseline
#   resources: [aws_appsync_api_cache]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_214]
#   help: Set `at_rest_encryption_enabled = true`.
#   fix: Sets `at_rest_encryption_enabled`. Unsafe on an existing cache, which is made anew.
package trueline.rules.aws.appsync.unencrypted_cache

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "at_rest_encryption_enabled",
	"equals": true,
	"else": "answers lie in the cache unencrypted",
	"effects": [{"kind": "replaces", "why": "the cache is made anew, empty"}],
} if some r in plan.resources("aws_appsync_api_cache")
