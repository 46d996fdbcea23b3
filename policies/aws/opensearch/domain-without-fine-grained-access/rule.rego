# METADATA
# title: OpenSearch domain without fine-grained access control
# description: >-
#   Who may talk to the domain may read and change every index in it. With fine-grained access control users and roles get indexes,
#   documents and fields, and what they do can be audited.
# custom:
#   id: aws/opensearch/domain-without-fine-grained-access
#   severity: medium
#   profile: strict
#   resources: [aws_opensearch_domain, aws_elasticsearch_domain]
#   controls:
#     soc2: [CC6.1, CC6.3]
#     nist-800-53-r5: [AC-3, AC-6]
#     pci-dss-4.0: ['7.2.1', '7.2.2']
#     hipaa: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.2]
#   aliases: [CKV2_AWS_52]
#   help: >-
#     Add an `advanced_security_options` block with `enabled = true` and a master user (`master_user_options` with the ARN of a role),
#     encryption at rest and between nodes, and `enforce_https`; then map roles to users.
package trueline.rules.aws.opensearch.domain_without_fine_grained_access

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "advanced_security_options.enabled",
	"equals": true,
	"else": "who reaches the domain may read and change every index",
	"fix": [],
} if {
	some type in ["aws_opensearch_domain", "aws_elasticsearch_domain"]
	some r in plan.resources(type)
}
