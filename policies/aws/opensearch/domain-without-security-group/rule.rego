# METADATA
# title: OpenSearch domain without a security group of its own
# description: >-
#   A domain in a VPC that names no security group gets the default one of that VPC, whose rules nobody wrote for it; one outside a VPC
#   has none at all.
# custom:
#   id: aws/opensearch/domain-without-security-group
#   severity: medium
#   profile: strict
#   resources: [aws_opensearch_domain, aws_elasticsearch_domain]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_248]
#   help: Name a security group in `vpc_options` that lets in the clients of the domain on port 443 and nobody else.
#   after: [aws/opensearch/domain-outside-vpc]
package trueline.rules.aws.opensearch.domain_without_security_group

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "vpc_options.security_group_ids",
	"set": true,
	"else": "no rules written for this domain say who reaches it",
	"fix": [],
} if {
	some type in ["aws_opensearch_domain", "aws_elasticsearch_domain"]
	some r in plan.resources(type)
}
