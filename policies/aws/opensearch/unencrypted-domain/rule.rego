# METADATA
# title: OpenSearch domain that is not encrypted at rest
# description: >-
#   Indexes, logs, swap files and automatic snapshots are stored in plain form, so that no permission on a key stands between them and
#   somebody who gets at the storage.
# custom:
#   id: aws/opensearch/unencrypted-domain
#   severity: high
#   profile: baseline
#   resources: [aws_opensearch_domain, aws_elasticsearch_domain]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_5, AVD-AWS-0048, AWS-0048]
#   help: Set `enabled = true` in `encrypt_at_rest`.
#   fix: >-
#     Adds an `encrypt_at_rest` block. An existing domain of Elasticsearch before 6.7 would be replaced; instances of the families t2,
#     m3 and r3 can't do it, so nothing is changed there.
package trueline.rules.aws.opensearch.unencrypted_domain

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "encrypt_at_rest.enabled",
	"equals": true,
	"else": "indexes and snapshots are stored in plain form",
	"fix": operations(r),
	"effects": [{"kind": "replaces", "why": "an existing domain of Elasticsearch before 6.7 would be replaced by an empty one"}],
} if {
	some type in ["aws_opensearch_domain", "aws_elasticsearch_domain"]
	some r in plan.resources(type)
}

# Instances that can't encrypt.
operations(r) := [] if old_instances(r)

operations(r) := [{"set": "encrypt_at_rest[0].enabled", "value": true}] if not old_instances(r)

old_instances(r) if regex.match(`^(t2|m3|r3)\.`, r.values.cluster_config[0].instance_type)
