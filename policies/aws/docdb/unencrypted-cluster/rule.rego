# METADATA
# title: DocumentDB cluster that is not encrypted at rest
# description: >-
#   Documents, indexes and backups are stored in plain form, so that no permission on a key stands between them and somebody who gets
#   at the storage.
# custom:
#   id: aws/docdb/unencrypted-cluster
#   severity: high
#   profile: baseline
#   resources: [aws_docdb_cluster]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_74, AVD-AWS-0021, AWS-0021]
#   help: Set `storage_encrypted = true`.
#   fix: >-
#     Sets `storage_encrypted`. An existing cluster would be replaced by an empty one: restore an encrypted copy of a snapshot instead.
package trueline.rules.aws.docdb.unencrypted_cluster

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "storage_encrypted",
	"equals": true,
	"else": "documents and backups are stored in plain form",
	"effects": [{"kind": "replaces", "why": "encryption can be chosen only when a cluster is made: it would be replaced by an empty one"}],
} if some r in plan.resources("aws_docdb_cluster")
