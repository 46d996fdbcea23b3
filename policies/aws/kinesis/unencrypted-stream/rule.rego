# METADATA
# title: Kinesis stream that is not encrypted at rest
# description: >-
#   Records are stored in plain form for as long as the stream keeps them, so that no permission on a key stands between them and
#   somebody who gets at the storage.
# custom:
#   id: aws/kinesis/unencrypted-stream
#   severity: high
#   profile: baseline
#   resources: [aws_kinesis_stream]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_43, AVD-AWS-0064, AWS-0064]
#   settings: [aws.kms_key_arn]
#   help: Set `encryption_type = "KMS"` and a key in `kms_key_id`; `alias/aws/kinesis` is the one that AWS manages.
#   fix: >-
#     Sets both, to the organization's key where it is known, else to the one that AWS manages for Kinesis. Requests to KMS are paid
#     for.
package trueline.rules.aws.kinesis.unencrypted_stream

import rego.v1

import data.trueline.lib.access
import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "encryption_type",
	"equals": "KMS",
	"else": "records are stored in plain form",
	"fix": operations(r),
	"effects": effects(r),
} if some r in plan.resources("aws_kinesis_stream")

operations(r) := [{"set": "encryption_type", "value": "KMS"}, {"default": "kms_key_id", "value": key(r)}]

key(r) := kms.key(r)

key(r) := "alias/aws/kinesis" if not kms.key(r)

effects(r) := array.concat([kms.cost], access.key_effects(r)) if kms.key(r)

effects(r) := [kms.cost] if not kms.key(r)
