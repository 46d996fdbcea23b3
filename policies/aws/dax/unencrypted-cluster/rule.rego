# METADATA
# title: DAX cluster that is not encrypted at rest
# description: >-
#   The cache holds items of the tables behind it, and writes configuration and logs to disk in plain form, however well the tables
#   themselves are encrypted.
# custom:
#   id: aws/dax/unencrypted-cluster
#   severity: high
#   profile: baseline
#   resources: [aws_dax_cluster]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_47, AVD-AWS-0023, AWS-0023]
#   help: Set `enabled = true` in `server_side_encryption`.
#   fix: Adds a `server_side_encryption` block. An existing cluster would be replaced.
package trueline.rules.aws.dax.unencrypted_cluster

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "server_side_encryption.enabled",
	"equals": true,
	"else": "cached items lie on the nodes' disks in plain form",
	"effects": [{"kind": "replaces", "why": "encryption can be chosen only when a DAX cluster is made"}],
} if some r in plan.resources("aws_dax_cluster")
