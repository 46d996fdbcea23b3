# METADATA
# title: OpenSearch domain that answers plain HTTP
# description: >-
#   Documents, queries and passwords that clients send over plain HTTP can be read and changed on the way, and nothing stops clients
#   from doing so.
# custom:
#   id: aws/opensearch/domain-without-https
#   severity: high
#   profile: baseline
#   resources: [aws_opensearch_domain, aws_elasticsearch_domain]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_83, AVD-AWS-0046, AWS-0046]
#   help: Set `enforce_https = true` in `domain_endpoint_options`.
#   fix: Sets `enforce_https`. On an existing domain clients that use plain HTTP are refused.
package trueline.rules.aws.opensearch.domain_without_https

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "domain_endpoint_options.enforce_https",
	"equals": true,
	"else": "clients may send documents and passwords in plain form",
	"effects": existing(r),
} if {
	some type in ["aws_opensearch_domain", "aws_elasticsearch_domain"]
	some r in plan.resources(type)
}

existing(r) := [{"kind": "behaviour", "why": "clients that use plain HTTP are refused"}] if not r.new

default existing(_) := []
