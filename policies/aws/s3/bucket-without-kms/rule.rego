# METADATA
# title: S3 bucket encrypted without KMS
# description: >-
#   Objects are encrypted with keys that S3 manages for everybody who may read the bucket. With KMS a second permission guards
#   them, every use of the key is recorded, and access can be cut by disabling it.
# custom:
#   id: aws/s3/bucket-without-kms
#   severity: medium
#   profile: strict
#   resources: [aws_s3_bucket]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_145, AVD-AWS-0132, AWS-0132, aws-s3-encryption-customer-key]
#   settings: [aws.kms_key_arn]
#   help: >-
#     Set `sse_algorithm` to `aws:kms` and `bucket_key_enabled` to true. Buckets that take logs of load balancers or of S3 itself,
#     and public ones, stay with `AES256`: KMS would refuse these deliveries and readers, and this rule leaves them alone.
#   fix: >-
#     Sets `aws:kms`, with the organization's key where nobody in the module would be locked out or where a service needs a key
#     that lets it in. Unsafe on an existing bucket and where a service or another account reads or writes.
package trueline.rules.aws.s3.bucket_without_kms

import rego.v1

import data.trueline.lib.access
import data.trueline.lib.kms
import data.trueline.lib.plan
import data.trueline.lib.s3

deny contains {
	"address": r.address,
	"route": route_for(r, rule),
	"msg": sprintf("`sse_algorithm` is \"AES256\" in `%s`: this bucket is not encrypted with KMS", [rule.holder.address]),
	"fix": array.concat(
		[
			{"address": rule.holder.address, "set": sprintf("%s.sse_algorithm", [rule.route]), "value": "aws:kms"},
			{"address": rule.holder.address, "set": sprintf("%s.bucket_key_enabled", [rule.rule]), "value": true},
		],
		key_operation(r, rule),
	),
	"effects": array.concat([kms.cost], effects(r)),
	"needs": needs(r),
} if {
	some r in candidates
	some rule in s3.encryption_rules(r)
	rule.algorithm == "AES256"
}

# No configuration at all, and `aws/s3/unencrypted-bucket` would not choose KMS: it is one question more.
deny contains {
	"address": r.address,
	"route": "",
	"msg": "nothing says that this bucket is encrypted with KMS",
	"fix": [{"ensure": s3.companion_type, "link": {"bucket": "id"}, "set": object.union(
		{sprintf("%s.sse_algorithm", [by_default]): "aws:kms", "rule[0].bucket_key_enabled": true},
		key_setting(r),
	)}],
	"effects": array.concat([kms.cost], effects(r)),
	"needs": needs(r),
} if {
	some r in candidates
	not s3.configured(r)
	not r.unknown.server_side_encryption_configuration
	count(plan.possible_companions(r, s3.companion_type, "bucket")) == 0
	not s3.kms_is_sound(r)
}

by_default := "rule[0].apply_server_side_encryption_by_default[0]"

key_setting(r) := {sprintf("%s.kms_master_key_id", [by_default]): kms.key(r)} if takes_own_key(r)

default key_setting(_) := {}

unknown contains {
	"address": r.address,
	"route": route_for(r, rule),
	"msg": sprintf("whether the bucket is encrypted with KMS can't be decided: %s", [why]),
	"why": why,
} if {
	some r in candidates
	some rule in s3.encryption_rules(r)
	why := rule.holder.unknown[sprintf("%s.sse_algorithm", [rule.route])].why
}

# Rules that are not known.
unknown contains {
	"address": r.address,
	"route": "",
	"msg": sprintf("whether the bucket is encrypted with KMS can't be decided: the rules of `%s` are not known", [open.address]),
	"why": open.why,
} if {
	some r in candidates
	count(s3.encryption_rules(r)) == 0
	some open in s3.unknown_rules(r)
}

unknown contains plan.undecided(r, "server_side_encryption_configuration", "the bucket is encrypted with KMS") if {
	some r in candidates
	not s3.configured(r)
	r.unknown.server_side_encryption_configuration
}

# A configuration that may or may not be there.
unknown contains {
	"address": r.address,
	"route": "",
	"msg": sprintf("whether the bucket is encrypted with KMS can't be decided: %s may belong to it", [plan.listed([c.address | some c in maybe], 4)]),
	"why": sort([plan.serves_perhaps(c, "bucket", r) | some c in maybe])[0],
} if {
	some r in candidates
	not s3.configured(r)
	not r.unknown.server_side_encryption_configuration
	maybe := plan.possible_companions(r, s3.companion_type, "bucket")
	count(maybe) > 0
}

# Somebody whom KMS would turn away may work with the bucket.
unknown contains {
	"address": r.address,
	"route": "",
	"msg": sprintf("whether the bucket can be encrypted with KMS can't be decided: it may serve %s", [concat(", ", s3.perhaps_never(r))]),
	"why": "KMS would turn away who works with the bucket, and whether somebody does is not known",
} if {
	some r in plan.resources("aws_s3_bucket")
	count(s3.never(r)) == 0
	count(s3.perhaps_never(r)) > 0
	not encrypted_with_kms(r)
}

encrypted_with_kms(r) if {
	some rule in s3.encryption_rules(r)
	startswith(rule.algorithm, "aws:kms")
}

candidates contains r if {
	some r in plan.resources("aws_s3_bucket")
	count(s3.never(r)) == 0
	count(s3.perhaps_never(r)) == 0
}

# The finding is the bucket's; its route leads into it only where the old inline block is used.
route_for(r, rule) := sprintf("%s.sse_algorithm", [rule.route]) if rule.holder.address == r.address

route_for(r, rule) := "" if rule.holder.address != r.address

key_operation(r, rule) := [{
	"address": rule.holder.address,
	"set": sprintf("%s.kms_master_key_id", [rule.route]),
	"value": kms.key(r),
}] if {
	takes_own_key(r)
}

default key_operation(_, _) := []

takes_own_key(r) if s3.key_is_harmless(r)

takes_own_key(r) if needs_own_key(r)

# Services and other accounts are never let in by the key that AWS manages; on an existing bucket nobody knows who reads it.
needs_own_key(r) if count(s3.by_key_policy(r)) > 0

needs_own_key(r) if not r.new

needs(r) := kms.needs(r) if needs_own_key(r)

default needs(_) := []

effects(r) := array.concat(access.key_effects(r), key_policy_effects(r)) if needs_own_key(r)

default effects(_) := []

key_policy_effects(r) := [kms.behaviour(sprintf("the key's policy has to let %s use it", [plan.listed(s3.by_key_policy(r), 4)]))] if {
	count(s3.by_key_policy(r)) > 0
}

default key_policy_effects(_) := []
