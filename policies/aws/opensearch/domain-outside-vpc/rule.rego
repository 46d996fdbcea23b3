# METADATA
# title: OpenSearch domain with an endpoint on the internet
# description: >-
#   Without a VPC the endpoint has a public address, and nothing but its access policy keeps the internet out; one mistake in it opens
#   all indexes.
# custom:
#   id: aws/opensearch/domain-outside-vpc
#   severity: high
#   profile: strict
#   resources: [aws_opensearch_domain, aws_elasticsearch_domain]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_137]
#   help: >-
#     Add a `vpc_options` block with private subnets and a security group. An existing domain is replaced: restore a snapshot into the
#     new one.
package trueline.rules.aws.opensearch.domain_outside_vpc

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "vpc_options.subnet_ids",
	"set": true,
	"else": "the endpoint is on the internet",
	"fix": [],
} if {
	some type in ["aws_opensearch_domain", "aws_elasticsearch_domain"]
	some r in plan.resources(type)
}
