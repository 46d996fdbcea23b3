# METADATA
# title: MemoryDB cluster that takes plain connections
# description: >-
#   Keys, values and passwords go over the network in plain form.
# custom:
#   id: aws/memorydb/cluster-without-tls
#   severity: high
#   profile: baseline
#   resources: [aws_memorydb_cluster]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_202]
#   help: Remove `tls_enabled`, or set it to true.
#   fix: Sets `tls_enabled`. An existing cluster would be replaced by an empty one.
package trueline.rules.aws.memorydb.cluster_without_tls

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "tls_enabled",
	"equals": true, "or_unset": true,
	"else": "keys, values and passwords go over the network in plain form",
	"effects": [{"kind": "replaces", "why": "this can be chosen only when a cluster is made: it would be replaced by an empty one"}],
} if some r in plan.resources("aws_memorydb_cluster")
