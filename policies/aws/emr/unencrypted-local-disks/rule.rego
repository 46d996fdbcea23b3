# METADATA
# title: EMR nodes whose local disks are not encrypted
# description: >-
#   Intermediate results and cached data lie on the disks of the nodes, readable for whoever gets at them.
# custom:
#   id: aws/emr/unencrypted-local-disks
#   severity: high
#   profile: baseline
#   resources: [aws_emr_security_configuration]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_349, AVD-AWS-0139, AWS-0139]
#   help: >-
#     Set `EnableAtRestEncryption` to true and add a `LocalDiskEncryptionConfiguration`. A configuration that is in use can't be
#     changed: make a new one and name it in the cluster, which is replaced.
package trueline.rules.aws.emr.unencrypted_local_disks

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "configuration.EncryptionConfiguration.AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration",
	"set": true,
	"else": "data on the disks of the nodes is not encrypted",
	"fix": [],
} if some r in plan.resources("aws_emr_security_configuration")
