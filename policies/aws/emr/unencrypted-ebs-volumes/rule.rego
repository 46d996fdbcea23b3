# METADATA
# title: EMR nodes whose root volumes are not encrypted
# description: >-
#   The encryption of local disks leaves out the root volume unless it is asked for: logs and swapped memory lie there.
# custom:
#   id: aws/emr/unencrypted-ebs-volumes
#   severity: medium
#   profile: baseline
#   resources: [aws_emr_security_configuration]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_350]
#   help: >-
#     Set `EnableEbsEncryption` to true in `LocalDiskEncryptionConfiguration`, with a key of KMS that EMR's service role may use. A
#     configuration that is in use can't be changed: make a new one and name it in the cluster, which is replaced.
package trueline.rules.aws.emr.unencrypted_ebs_volumes

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "configuration.EncryptionConfiguration.AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration.EnableEbsEncryption",
	"equals": true,
	"else": "the root volumes of the nodes are not encrypted",
	"fix": [],
} if some r in plan.resources("aws_emr_security_configuration")
