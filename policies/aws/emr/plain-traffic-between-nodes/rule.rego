# METADATA
# title: EMR nodes that talk to each other in the clear
# description: >-
#   What the nodes exchange while they work (rows, keys, intermediate results) is readable for everybody who can listen in the network.
# custom:
#   id: aws/emr/plain-traffic-between-nodes
#   severity: high
#   profile: baseline
#   resources: [aws_emr_security_configuration]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_351]
#   help: >-
#     Set `EnableInTransitEncryption` to true, with certificates in `InTransitEncryptionConfiguration`. A configuration that is in use
#     can't be changed: make a new one and name it in the cluster, which is replaced.
package trueline.rules.aws.emr.plain_traffic_between_nodes

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "configuration.EncryptionConfiguration.EnableInTransitEncryption",
	"equals": true,
	"else": "data travels between the nodes in the clear",
	"fix": [],
} if some r in plan.resources("aws_emr_security_configuration")
