# METADATA
# title: OpenSearch domain without dedicated master nodes
# description: >-
#   The nodes that hold data also manage the cluster, so that a heavy query or a full disk can bring the whole domain down.
# custom:
#   id: aws/opensearch/domain-without-dedicated-masters
#   severity: low
#   profile: strict
#   resources: [aws_opensearch_domain, aws_elasticsearch_domain]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV2_AWS_59]
#   help: >-
#     Set `dedicated_master_enabled = true` in `cluster_config`, with three masters of a type that fits the number of nodes and shards
#     (`dedicated_master_count`, `dedicated_master_type`). Each is paid for as an instance.
package trueline.rules.aws.opensearch.domain_without_dedicated_masters

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "cluster_config.dedicated_master_enabled",
	"equals": true,
	"else": "heavy load on data nodes can bring the whole domain down",
	"fix": [],
} if {
	some type in ["aws_opensearch_domain", "aws_elasticsearch_domain"]
	some r in plan.resources(type)
}
