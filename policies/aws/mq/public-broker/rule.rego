# METADATA
# title: MQ broker with a public address
# description: >-
#   The broker and its console can be reached from the internet, with nothing but passwords between.
# custom:
#   id: aws/mq/public-broker
#   severity: high
#   profile: baseline
#   resources: [aws_mq_broker]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV_AWS_69, AVD-AWS-0072, AWS-0072]
#   help: Remove `publicly_accessible`, or set it to false, and name private subnets.
#   fix: Sets `publicly_accessible` to false. An existing broker would be replaced, and clients outside the VPC are cut off.
package trueline.rules.aws.mq.public_broker

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "publicly_accessible",
	"equals": false, "or_unset": true,
	"else": "the broker and its console can be reached from the internet",
	"effects": [
		{"kind": "replaces", "why": "this can be chosen only when a broker is made"},
		{"kind": "behaviour", "why": "clients outside the VPC are cut off"},
	],
} if some r in plan.resources("aws_mq_broker")
