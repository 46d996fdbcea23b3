# METADATA
# title: Redshift cluster that is not encrypted at rest
# description: >-
#   Tables and snapshots are stored in plain form, so that no permission on a key stands between them and somebody who gets at the
#   storage.
# custom:
#   id: aws/redshift/unencrypted-cluster
#   severity: high
#   profile: baseline
#   resources: [aws_redshift_cluster]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_64]
#   help: Set `encrypted = true`.
#   fix: Sets `encrypted`. An existing cluster is moved to an encrypted one, and can only be read meanwhile.
package trueline.rules.aws.redshift.unencrypted_cluster

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "encrypted",
	"equals": true,
	"else": "tables and snapshots are stored in plain form",
	"stated": true,
	"effects": [{"kind": "downtime", "why": "the data is moved to an encrypted cluster, and can only be read meanwhile"}],
} if some r in plan.resources("aws_redshift_cluster")
