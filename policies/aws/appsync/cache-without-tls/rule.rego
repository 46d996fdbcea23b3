# METADATA
# title: Cache of a GraphQL API that is reached without TLS
# description: >-
#   Everybody who can listen between the API and its cache reads the answers that pass.
# custom:
#   id: aws/appsync/cache-without-tls
#   severity: medium
#   profile: baseline
#   resources: [aws_appsync_api_cache]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_215]
#   help: Set `transit_encryption_enabled = true`.
#   fix: Sets `transit_encryption_enabled`. Unsafe on an existing cache, which is made anew.
package trueline.rules.aws.appsync.cache_without_tls

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "transit_encryption_enabled",
	"equals": true,
	"else": "answers travel to and from the cache in the clear",
	"effects": [{"kind": "replaces", "why": "the cache is made anew, empty"}],
} if some r in plan.resources("aws_appsync_api_cache")
