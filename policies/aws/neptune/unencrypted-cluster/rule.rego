# METADATA
# title: Neptune cluster that is not encrypted at rest
# description: >-
#   The graph, its indexes and backups are stored in plain form, so that no permission on a key stands between them and somebody who
#   gets at the storage.
# custom:
#   id: aws/neptune/unencrypted-cluster
#   severity: high
#   profile: baseline
#   resources: [aws_neptune_cluster]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_44, AVD-AWS-0076, AWS-0076]
#   help: Set `storage_encrypted = true`.
#   fix: Sets `storage_encrypted`. An existing cluster would be replaced by an empty one.
package trueline.rules.aws.neptune.unencrypted_cluster

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "storage_encrypted",
	"equals": true,
	"else": "the graph and its backups are stored in plain form",
	"effects": [{"kind": "replaces", "why": "encryption can be chosen only when a cluster is made: it would be replaced by an empty one"}],
} if some r in plan.resources("aws_neptune_cluster")
