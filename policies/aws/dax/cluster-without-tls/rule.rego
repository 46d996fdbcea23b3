# METADATA
# title: DAX cluster whose endpoint takes plain connections
# description: >-
#   Items of the tables go between applications and the cache in plain form, and can be read by whoever listens on the way.
# custom:
#   id: aws/dax/cluster-without-tls
#   severity: high
#   profile: baseline
#   resources: [aws_dax_cluster]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_239]
#   help: Set `cluster_endpoint_encryption_type = "TLS"` and let clients connect to `daxs://…`.
#   fix: Sets `cluster_endpoint_encryption_type`. An existing cluster would be replaced.
package trueline.rules.aws.dax.cluster_without_tls

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "cluster_endpoint_encryption_type",
	"equals": "TLS",
	"else": "applications talk to the cache in plain form",
	"effects": [{"kind": "replaces", "why": "the encryption of the endpoint can be chosen only when a DAX cluster is made"}],
} if some r in plan.resources("aws_dax_cluster")
