# METADATA
# title: OpenSearch domain that doesn't survive the loss of a zone
# description: >-
#   With fewer than three dedicated masters, or with all nodes in one availability zone, the loss of one node or zone stops the domain.
# custom:
#   id: aws/opensearch/domain-that-a-lost-zone-stops
#   severity: low
#   profile: strict
#   resources: [aws_opensearch_domain, aws_elasticsearch_domain]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_318]
#   help: >-
#     Set `dedicated_master_count = 3` and `zone_awareness_enabled = true` in `cluster_config`, with an even number of data nodes in
#     two zones or a multiple of three in three. Nodes are paid for as instances.
package trueline.rules.aws.opensearch.domain_that_a_lost_zone_stops

import rego.v1

import data.trueline.lib.plan

expect contains object.union(common(r), {
	"route": "cluster_config.dedicated_master_count",
	"at_least": 3,
	"else": "too few masters are left when one is lost",
}) if {
	some type in ["aws_opensearch_domain", "aws_elasticsearch_domain"]
	some r in plan.resources(type)
}

expect contains object.union(common(r), {
	"route": "cluster_config.zone_awareness_enabled",
	"equals": true,
	"else": "all its nodes are in one availability zone",
}) if {
	some type in ["aws_opensearch_domain", "aws_elasticsearch_domain"]
	some r in plan.resources(type)
}

common(r) := {"of": r, "fix": []}
