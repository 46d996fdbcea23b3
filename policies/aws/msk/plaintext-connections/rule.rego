# METADATA
# title: MSK cluster that takes plain connections
# description: >-
#   Records go between clients and brokers, or between brokers, in plain form, and can be read by whoever listens on the way. MSK
#   encrypts them unless it is told otherwise, as here.
# custom:
#   id: aws/msk/plaintext-connections
#   severity: high
#   profile: baseline
#   resources: [aws_msk_cluster]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_81, AVD-AWS-0073, AWS-0073]
#   help: Set `client_broker = "TLS"` and `in_cluster = true` in `encryption_in_transit`, or leave both out.
#   fix: Sets both. On an existing cluster clients that connect without TLS are cut off, and `in_cluster` replaces it.
package trueline.rules.aws.msk.plaintext_connections

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "encryption_info.encryption_in_transit.client_broker",
	"equals": "TLS",
	"or_unset": true,
	"else": "clients may send and read records in plain form",
	"effects": clients(r),
} if some r in plan.resources("aws_msk_cluster")

expect contains {
	"of": r,
	"route": "encryption_info.encryption_in_transit.in_cluster",
	"equals": true,
	"or_unset": true,
	"else": "records go between brokers in plain form",
	"effects": [{"kind": "replaces", "why": "this can be chosen only when a cluster is made: it would be replaced by an empty one"}],
} if some r in plan.resources("aws_msk_cluster")

clients(r) := [{"kind": "behaviour", "why": "clients that connect without TLS are cut off"}] if not r.new

default clients(_) := []
