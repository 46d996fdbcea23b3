package trueline.rules.aws.s3.unencrypted_bucket_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.s3.unencrypted_bucket as rule

denied(t) := result if {
	result := rule.deny
		with data.trueline.resources as t.resources
		with data.trueline.links as t.links
		with data.trueline.backlinks as t.backlinks
		with data.trueline.settings as t.settings
		with data.trueline.params as t.params
		with data.trueline.provider_tags as t.provider_tags
}

undecided(t) := result if {
	result := rule.unknown
		with data.trueline.resources as t.resources
		with data.trueline.links as t.links
		with data.trueline.backlinks as t.backlinks
		with data.trueline.settings as t.settings
		with data.trueline.params as t.params
		with data.trueline.provider_tags as t.provider_tags
}

bucket := fixture.resource("aws_s3_bucket", "b", {
	"bucket": "a-name",
	"server_side_encryption_configuration": [],
	"website": [],
	"acl": null,
})

companion := fixture.resource("aws_s3_bucket_server_side_encryption_configuration", "c", {
	"bucket": null,
	"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": "AES256", "kms_master_key_id": ""}]}],
})

found(trueline) := result if {
	result := denied(trueline)
}

open(trueline) := result if {
	result := undecided(trueline)
}

algorithm := "rule[0].apply_server_side_encryption_by_default[0].sse_algorithm"

key := "rule[0].apply_server_side_encryption_by_default[0].kms_master_key_id"

wanted(trueline) := set if {
	some f in found(trueline)
	f.fix[0].ensure == "aws_s3_bucket_server_side_encryption_configuration"
	f.fix[0].link == {"bucket": "id"}
	set := f.fix[0].set
}

test_a_bare_bucket_gets_kms_under_strict if {
	wanted(fixture.trueline([bucket], {})) == {algorithm: "aws:kms", "rule[0].bucket_key_enabled": true}
}

test_a_bare_bucket_gets_aes256_under_baseline if {
	trueline := fixture.trueline([bucket], {"profile": "baseline"})
	wanted(trueline) == {algorithm: "AES256"}
	some f in found(trueline)
	f.effects == []
}

test_the_organizations_key_is_used if {
	wanted(fixture.trueline([bucket], fixture.with_key)) == {
		algorithm: "aws:kms",
		key: fixture.key_arn,
		"rule[0].bucket_key_enabled": true,
	}
}

test_an_existing_bucket_is_left_as_it_works if {
	wanted(fixture.trueline([fixture.but(bucket, {"new": false})], fixture.with_key)) == {algorithm: "AES256"}
}

test_a_role_that_may_not_use_the_key_keeps_its_access if {
	policy := fixture.but(fixture.resource("aws_iam_role_policy", "p", {"policy": null}), {"documents": {"policy": {"Statement": [{
		"Effect": "Allow",
		"Action": "s3:GetObject",
		"Resource": fixture.but(fixture.leaf("aws_s3_bucket.b.arn"), {"suffix": "/*"}),
	}]}}})
	wanted(fixture.trueline([bucket, policy], fixture.with_key)) == {algorithm: "aws:kms", "rule[0].bucket_key_enabled": true}
}

test_buckets_that_kms_would_close_get_aes256 if {
	every case in [
		{"type": "aws_lb", "route": "access_logs[0].bucket"},
		{"type": "aws_s3_bucket_logging", "route": "target_bucket"},
		{"type": "aws_s3_bucket_website_configuration", "route": "bucket"},
		{"type": "aws_cloudfront_distribution", "route": "origin[0].domain_name"},
		{"type": "aws_cloudtrail", "route": "s3_bucket_name"},
	] {
		other := fixture.resource(case.type, "o", {})
		trueline := object.union(fixture.trueline([bucket, other], fixture.with_key), fixture.linked(other, case.route, bucket, "id"))
		wanted(trueline) == {algorithm: "AES256"}
	}
}

test_a_bucket_open_to_everybody_gets_aes256 if {
	policy := fixture.but(fixture.resource("aws_s3_bucket_policy", "p", {"policy": null}), {"documents": {"policy": {"Statement": [{
		"Effect": "Allow",
		"Principal": "*",
		"Action": "s3:GetObject",
		"Resource": fixture.leaf("aws_s3_bucket.b.arn"),
	}]}}})
	trueline := object.union(fixture.trueline([bucket, policy], fixture.with_key), fixture.linked(policy, "bucket", bucket, "id"))
	wanted(trueline) == {algorithm: "AES256"}
}

test_a_companion_by_reference_or_by_name_is_enough if {
	count(found(object.union(fixture.trueline([bucket, companion], {}), fixture.linked(companion, "bucket", bucket, "id")))) == 0
	by_name := fixture.but(companion, {"values": object.union(companion.values, {"bucket": "a-name"})})
	count(found(fixture.trueline([bucket, by_name], {}))) == 0
}

test_a_companion_of_another_bucket_is_not if {
	other := fixture.resource("aws_s3_bucket", "other", {"bucket": "x", "server_side_encryption_configuration": [{"rule": []}]})
	trueline := object.union(fixture.trueline([bucket, companion], {}), fixture.linked(companion, "bucket", other, "id"))
	count(found(trueline)) == 1
}

test_the_inline_block_is_enough if {
	inline := [{"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": "AES256"}]}]}]
	r := fixture.but(bucket, {"values": object.union(bucket.values, {"server_side_encryption_configuration": inline})})
	count(found(fixture.trueline([r], {}))) == 0
}

test_a_companion_that_may_be_the_buckets_leaves_it_undecided if {
	perhaps := fixture.but(companion, {"unknown": {"bucket": fixture.unknown("variable", "why")}})
	count(found(fixture.trueline([bucket, perhaps], {}))) == 0
	count(open(fixture.trueline([bucket, perhaps], {}))) == 1
}

test_a_companion_that_may_not_exist_leaves_it_undecided if {
	perhaps := fixture.behind(companion, "var.encrypt")
	linked := object.union(fixture.trueline([bucket, perhaps], {}), fixture.linked(perhaps, "bucket", bucket, "id"))
	count(found(linked)) == 0
	some u in open(linked)
	contains(u.why, "var.encrypt")
}

test_a_companion_behind_the_switch_of_its_bucket_is_enough if {
	both := [fixture.behind(bucket, "var.create"), fixture.behind(companion, "var.create")]
	linked := object.union(fixture.trueline(both, {}), fixture.linked(both[1], "bucket", bucket, "id"))
	count(found(linked)) == 0
	count(open(linked)) == 0
}

test_a_companion_that_names_no_algorithm_is_completed if {
	every rules in [[], [{"bucket_key_enabled": true, "apply_server_side_encryption_by_default": []}]] {
		half := fixture.but(companion, {"values": {"bucket": null, "rule": rules}})
		linked := object.union(fixture.trueline([bucket, half], {"profile": "baseline"}), fixture.linked(half, "bucket", bucket, "id"))
		some f in found(linked)
		contains(f.msg, "names no algorithm")
		f.fix[0].set == {algorithm: "AES256"}
	}
	unknown := fixture.but(companion, {"values": {"bucket": null, "rule": null}, "unknown": {"rule": fixture.unknown("variable", "why")}})
	linked := object.union(fixture.trueline([bucket, unknown], {}), fixture.linked(unknown, "bucket", bucket, "id"))
	count(found(linked)) == 0
	some u in open(linked)
	u.why == "why"
}
