# METADATA
# title: S3 bucket without an encryption configuration
# description: >-
#   Nothing in the source says how objects in this bucket are encrypted. Since January 2023 S3 encrypts all new objects with keys of
#   its own (SSE-S3), so that none lies there in the clear; but no permission is needed for those keys, and no review can see what
#   was meant.
# custom:
#   id: aws/s3/unencrypted-bucket
#   severity: low
#   profile: baseline
#   resources: [aws_s3_bucket]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_145, CKV_AWS_19, AVD-AWS-0088, AWS-0088, AVD-AWS-0132, AWS-0132, aws-s3-enable-bucket-encryption, aws-s3-encryption-customer-key, 6726dcc0-5ff5-459d-b473-a780bef7665c]
#   settings: [aws.kms_key_arn]
#   help: Add an `aws_s3_bucket_server_side_encryption_configuration` with `aws:kms`, or `AES256` where KMS would turn readers away.
#   fix: >-
#     Adds the companion resource. With `aws:kms` on a new bucket under the strict profile: the organization's key where the
#     module shows that nobody would be locked out, else the key that AWS manages for S3. With `AES256` everywhere else, which
#     is what S3 does anyway and changes nothing for anybody.
package trueline.rules.aws.s3.unencrypted_bucket

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan
import data.trueline.lib.s3

deny contains {
	"address": r.address,
	"route": "",
	"msg": says(r),
	"fix": [{"ensure": s3.companion_type, "link": {"bucket": "id"}, "set": wanted(r)}],
	"effects": effects(r),
} if {
	some r in unconfigured
	count(maybe(r)) == 0
}

unknown contains {
	"address": r.address,
	"route": "",
	"msg": sprintf("whether the bucket is encrypted can't be decided: %s may belong to it", [plan.listed([c.address | some c in maybe(r)], 4)]),
	"why": sort([plan.serves_perhaps(c, "bucket", r) | some c in maybe(r)])[0],
} if {
	some r in unconfigured
	count(maybe(r)) > 0
}

unknown contains plan.undecided(r, "server_side_encryption_configuration", "the bucket is encrypted") if {
	some r in plan.resources("aws_s3_bucket")
	not s3.configured(r)
	r.unknown.server_side_encryption_configuration
}

unknown contains {
	"address": r.address,
	"route": "",
	"msg": sprintf("whether the bucket is encrypted can't be decided: the rules of `%s` are not known", [open.address]),
	"why": open.why,
} if {
	some r in plan.resources("aws_s3_bucket")
	count(s3.encryption_rules(r)) == 0
	some open in s3.unknown_rules(r)
}

says(r) := "no `aws_s3_bucket_server_side_encryption_configuration` refers to this bucket: how its objects are encrypted is left to S3, which uses keys of its own" if {
	count(s3.without_algorithm(r)) == 0
}

says(r) := sprintf("`%s` names no algorithm: how objects of this bucket are encrypted is left to S3, which uses keys of its own", [s3.without_algorithm(r)[0]]) if {
	count(s3.without_algorithm(r)) > 0
}

unconfigured contains r if {
	some r in plan.resources("aws_s3_bucket")
	not s3.configured(r)
	not r.unknown.server_side_encryption_configuration
}

maybe(r) := plan.possible_companions(r, s3.companion_type, "bucket")

by_default := "rule[0].apply_server_side_encryption_by_default[0]"

wanted(r) := {sprintf("%s.sse_algorithm", [by_default]): "AES256"} if not kms_is_sound(r)

wanted(r) := {
	sprintf("%s.sse_algorithm", [by_default]): "aws:kms",
	sprintf("%s.kms_master_key_id", [by_default]): kms.key(r),
	"rule[0].bucket_key_enabled": true,
} if {
	kms_is_sound(r)
	s3.key_is_harmless(r)
}

wanted(r) := {
	sprintf("%s.sse_algorithm", [by_default]): "aws:kms",
	"rule[0].bucket_key_enabled": true,
} if {
	kms_is_sound(r)
	not s3.key_is_harmless(r)
}

effects(r) := [kms.cost] if kms_is_sound(r)

default effects(_) := []

kms_is_sound(r) if {
	plan.strict
	s3.kms_is_sound(r)
}
