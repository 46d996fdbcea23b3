# METADATA
# title: CloudFront distribution that answers every country
# description: >-
#   Where an offer is meant for some countries only, attacks from all others are traffic that could be turned away at the edge.
# custom:
#   id: aws/cloudfront/reachable-from-everywhere
#   severity: info
#   profile: strict
#   resources: [aws_cloudfront_distribution]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_374]
#   help: >-
#     Name the countries in `geo_restriction` (`restriction_type = "whitelist"`, `locations`). Where everybody is meant, switch this
#     rule off in `trueline.toml`.
package trueline.rules.aws.cloudfront.reachable_from_everywhere

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "restrictions.geo_restriction.restriction_type",
	"not_equals": "none",
	"else": "requests from every country are answered",
	"fix": [],
} if some r in plan.resources("aws_cloudfront_distribution")
