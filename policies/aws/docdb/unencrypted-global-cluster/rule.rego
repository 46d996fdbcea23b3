# METADATA
# title: DocumentDB global cluster that is not encrypted at rest
# description: >-
#   All clusters of the global one store documents and backups in plain form, in every region.
# custom:
#   id: aws/docdb/unencrypted-global-cluster
#   severity: high
#   profile: baseline
#   resources: [aws_docdb_global_cluster]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_292]
#   help: Set `storage_encrypted = true`.
#   fix: Sets `storage_encrypted`. An existing global cluster would be replaced.
package trueline.rules.aws.docdb.unencrypted_global_cluster

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "storage_encrypted",
	"equals": true,
	"else": "documents are stored in plain form in every region",
	"unless": {"source_db_cluster_identifier": {"set": true}},
	"effects": [{"kind": "replaces", "why": "encryption can be chosen only when a global cluster is made"}],
} if some r in plan.resources("aws_docdb_global_cluster")
