# METADATA
# title: EMR data in S3 without a key of KMS
# description: >-
#   What the cluster writes to S3 is encrypted with keys of S3: their use is not recorded, and access can't be cut by disabling a key.
# custom:
#   id: aws/emr/s3-data-without-kms
#   severity: medium
#   profile: baseline
#   resources: [aws_emr_security_configuration]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   help: >-
#     Set `EncryptionMode` to "SSE-KMS" and name a key in `AwsKmsKey`. A configuration that is in use can't be changed: make a new one
#     and name it in the cluster, which is replaced.
package trueline.rules.aws.emr.s3_data_without_kms

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "configuration.EncryptionConfiguration.AtRestEncryptionConfiguration.S3EncryptionConfiguration.EncryptionMode",
	"in": ["SSE-KMS", "CSE-KMS"],
	"else": "what it writes to S3 is encrypted with keys of S3",
	"fix": [],
} if some r in plan.resources("aws_emr_security_configuration")
