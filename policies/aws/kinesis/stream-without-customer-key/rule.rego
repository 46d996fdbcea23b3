# METADATA
# title: Kinesis stream without a customer-managed key
# description: >-
#   The stream is encrypted with the key that AWS manages for Kinesis. Its policy can't be changed, other accounts can't be let in, and
#   access to the data can't be cut by disabling it.
# custom:
#   id: aws/kinesis/stream-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_kinesis_stream]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_185]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `kms_key_id`.
#   after: [aws/kinesis/unencrypted-stream]
#   fix: Sets `kms_key_id` to the organization's key. Unsafe where producers and consumers may not be allowed to use it.
package trueline.rules.aws.kinesis.stream_without_customer_key

import rego.v1

import data.trueline.lib.access
import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "kms_key_id",
	"set": true,
	"else": "records are stored without a key of this account",
	"what": "a customer-managed key is used",
	"fix": array.concat([{"set": "encryption_type", "value": "KMS"}], kms.set(r, "kms_key_id")),
	"needs": kms.needs(r),
	"effects": array.concat([kms.cost], access.key_effects(r)),
} if some r in plan.resources("aws_kinesis_stream")
