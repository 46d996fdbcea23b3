# METADATA
# title: EMR security configuration that leaves data at rest unencrypted
# description: >-
#   With `EnableAtRestEncryption` false everything else that is said of encryption at rest has no effect.
# custom:
#   id: aws/emr/without-encryption-at-rest
#   severity: high
#   profile: baseline
#   resources: [aws_emr_security_configuration]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   help: >-
#     Set `EnableAtRestEncryption` to true, with `AtRestEncryptionConfiguration`. A configuration that is in use can't be changed: make
#     a new one and name it in the cluster, which is replaced.
package trueline.rules.aws.emr.without_encryption_at_rest

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "configuration.EncryptionConfiguration.EnableAtRestEncryption",
	"equals": true,
	"else": "data at rest is not encrypted",
	"fix": [],
} if some r in plan.resources("aws_emr_security_configuration")
