# METADATA
# title: Neptune instance with a public address
# description: >-
#   The graph database can be reached from the internet, with nothing but security groups between.
# custom:
#   id: aws/neptune/public-instance
#   severity: critical
#   profile: baseline
#   resources: [aws_neptune_cluster_instance]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV_AWS_102]
#   help: Remove `publicly_accessible`, or set it to false.
#   fix: Sets `publicly_accessible` to false. An existing instance would be replaced, and clients outside the VPC are cut off.
package trueline.rules.aws.neptune.public_instance

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "publicly_accessible",
	"equals": false, "or_unset": true,
	"else": "the database can be reached from the internet",
	"effects": [
		{"kind": "replaces", "why": "this can be chosen only when an instance is made"},
		{"kind": "behaviour", "why": "clients outside the VPC are cut off"},
	],
} if some r in plan.resources("aws_neptune_cluster_instance")
