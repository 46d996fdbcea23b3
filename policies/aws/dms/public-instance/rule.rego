# METADATA
# title: DMS replication instance with a public address
# description: >-
#   The instance holds the passwords of source and target, and the data on its way; it can be reached from the internet.
# custom:
#   id: aws/dms/public-instance
#   severity: high
#   profile: baseline
#   resources: [aws_dms_replication_instance]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV_AWS_89]
#   help: Set `publicly_accessible = false`.
#   fix: >-
#     Sets `publicly_accessible` to false. An existing instance would be replaced, and sources on the internet may be out of reach.
package trueline.rules.aws.dms.public_instance

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "publicly_accessible",
	"equals": false, "or_unset": true,
	"else": "the instance can be reached from the internet",
	"effects": [
		{"kind": "replaces", "why": "this can be chosen only when an instance is made"},
		{"kind": "behaviour", "why": "sources and targets on the internet may be out of reach"},
	],
} if some r in plan.resources("aws_dms_replication_instance")
