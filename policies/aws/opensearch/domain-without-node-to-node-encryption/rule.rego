# METADATA
# title: OpenSearch domain whose nodes talk in plain form
# description: >-
#   Documents and queries go between the nodes of the domain unencrypted, and whoever listens inside the VPC can read them.
# custom:
#   id: aws/opensearch/domain-without-node-to-node-encryption
#   severity: high
#   profile: baseline
#   resources: [aws_opensearch_domain, aws_elasticsearch_domain]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_6, AVD-AWS-0043, AWS-0043]
#   help: Set `enabled = true` in `node_to_node_encryption`.
#   fix: Adds a `node_to_node_encryption` block. An existing domain of Elasticsearch before 6.7 would be replaced.
package trueline.rules.aws.opensearch.domain_without_node_to_node_encryption

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "node_to_node_encryption.enabled",
	"equals": true,
	"else": "documents go between the nodes in plain form",
	"effects": [{"kind": "replaces", "why": "an existing domain of Elasticsearch before 6.7 would be replaced by an empty one"}],
} if {
	some type in ["aws_opensearch_domain", "aws_elasticsearch_domain"]
	some r in plan.resources(type)
}
