package trueline.rules.aws.s3.bucket_without_kms_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.s3.bucket_without_kms as rule

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

inline(algorithm) := [{"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": algorithm}]}]}]

bucket(sse) := fixture.resource("aws_s3_bucket", "b", {
	"bucket": "a-name",
	"server_side_encryption_configuration": sse,
	"website": [],
	"acl": null,
})

companion(algorithm) := fixture.resource("aws_s3_bucket_server_side_encryption_configuration", "c", {
	"bucket": null,
	"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": algorithm, "kms_master_key_id": ""}]}],
})

with_companion(algorithm, more, settings) := object.union(
	fixture.trueline(array.concat([bucket([]), companion(algorithm)], more), settings),
	fixture.linked(companion(algorithm), "bucket", bucket([]), "id"),
)

found(trueline) := result if {
	result := denied(trueline)
}

by_default := "rule[0].apply_server_side_encryption_by_default[0]"

test_the_companion_is_changed if {
	some f in found(with_companion("AES256", [], fixture.with_key))
	f.address == "aws_s3_bucket.b"
	c := "aws_s3_bucket_server_side_encryption_configuration.c"
	f.fix == [
		{"address": c, "set": sprintf("%s.sse_algorithm", [by_default]), "value": "aws:kms"},
		{"address": c, "set": "rule[0].bucket_key_enabled", "value": true},
		{"address": c, "set": sprintf("%s.kms_master_key_id", [by_default]), "value": fixture.key_arn},
	]
	[e.kind | some e in f.effects] == ["cost"]
}

test_the_inline_block_is_changed if {
	some f in found(fixture.trueline([bucket(inline("AES256"))], {}))
	f.route == sprintf("server_side_encryption_configuration[0].%s.sse_algorithm", [by_default])
	f.fix[0].address == "aws_s3_bucket.b"
	f.needs == []
	count(f.fix) == 2
}

test_kms_is_fine if {
	count(found(with_companion("aws:kms", [], {}))) == 0
	count(found(fixture.trueline([bucket(inline("aws:kms:dsse"))], {}))) == 0
}

test_no_configuration_is_another_rules_finding_where_that_chooses_kms if {
	count(found(fixture.trueline([bucket([])], {}))) == 0
}

test_no_configuration_is_found_where_kms_takes_more if {
	some f in found(fixture.trueline([fixture.but(bucket([]), {"new": false})], fixture.with_key))
	f.fix == [{"ensure": "aws_s3_bucket_server_side_encryption_configuration", "link": {"bucket": "id"}, "set": {
		sprintf("%s.sse_algorithm", [by_default]): "aws:kms",
		sprintf("%s.kms_master_key_id", [by_default]): fixture.key_arn,
		"rule[0].bucket_key_enabled": true,
	}}]
	"behaviour" in {e.kind | some e in f.effects}
}

test_a_bucket_that_kms_would_close_is_left_alone if {
	lb := fixture.resource("aws_lb", "l", {})
	trueline := fixture.trueline([bucket(inline("AES256")), lb], {})
	links := fixture.linked(lb, "access_logs[0].bucket", bucket([]), "id")
	count(found(object.union(trueline, links))) == 0
}

test_cloudfront_needs_a_key_of_ones_own if {
	distribution := fixture.resource("aws_cloudfront_distribution", "d", {})
	links := fixture.linked(distribution, "origin[0].domain_name", bucket([]), "bucket_regional_domain_name")
	without := object.union(fixture.trueline([bucket(inline("AES256")), distribution], {}), links)
	some f in found(without)
	f.needs == ["settings.aws.kms_key_arn"]
	with_key := object.union(fixture.trueline([bucket(inline("AES256")), distribution], fixture.with_key), links)
	some g in found(with_key)
	g.fix[2].value == fixture.key_arn
	some e in g.effects
	e.kind == "behaviour"
	contains(e.why, "cloudfront.amazonaws.com")
}

test_who_reads_an_existing_bucket_is_not_known if {
	some f in found(fixture.trueline([fixture.but(bucket(inline("AES256")), {"new": false})], fixture.with_key))
	"behaviour" in {e.kind | some e in f.effects}
}

test_a_variable_without_value_is_undecided if {
	r := fixture.but(bucket(inline(null)), {"unknown": {sprintf(
		"server_side_encryption_configuration[0].%s.sse_algorithm",
		[by_default],
	): fixture.unknown("variable", "why")}})
	count(found(fixture.trueline([r], {}))) == 0
	result := undecided(fixture.trueline([r], {}))
	count(result) == 1
}

test_what_may_be_there_leaves_it_undecided if {
	c := fixture.behind(fixture.resource("aws_s3_bucket_server_side_encryption_configuration", "c", {"bucket": null, "rule": []}), "var.encrypt")
	perhaps := object.union(fixture.trueline([bucket([]), c], {}), fixture.linked(c, "bucket", bucket([]), "id"))
	count(found(perhaps)) == 0
	count(undecided(perhaps)) == 1
	log := fixture.behind(fixture.resource("aws_s3_bucket_logging", "l", {}), "var.log")
	link := fixture.linked(log, "target_bucket", bucket(inline("AES256")), "id")
	unsure := {"backlinks": {"aws_s3_bucket.b": [object.union(link.backlinks["aws_s3_bucket.b"][0], {"exists": false})]}}
	reader := object.union(fixture.trueline([bucket(inline("AES256")), log], {}), unsure)
	count(found(reader)) == 0
	count(undecided(reader)) == 1
}

# A bucket with a policy that lets everybody read, on a condition.
shared(condition) := fixture.but(bucket(inline("AES256")), {"documents": {"policy": {"Statement": [object.union(
	{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a-name/*"},
	condition,
)]}}})

test_who_does_not_sign_would_be_turned_away_by_kms if {
	every condition in [
		{}, {"Condition": {"Bool": {"aws:SecureTransport": "true"}}}, {"Condition": {"StringLike": {"aws:Referer": "https://example.com/*"}}},
	] {
		t := fixture.trueline([shared(condition)], {})
		count(denied(t)) + count(undecided(t)) == 0
	}
	every test in [
		{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, {"StringEquals": {"aws:SourceVpce": "vpce-1"}},
		{"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}, {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}, fixture.open_leaf("condition"),
	] {
		t := fixture.trueline([shared({"Condition": test})], {})
		count(denied(t)) == 0
		count(undecided(t)) == 1
	}
	every test in [
		{"StringEquals": {"aws:PrincipalOrgID": "o-1"}}, {"ArnLike": {"aws:SourceArn": "arn:aws:cloudfront::1:distribution/E1"}},
		{"StringEquals": {"aws:PrincipalAccount": "111122223333"}},
	] {
		count(found(fixture.trueline([shared({"Condition": test})], {}))) == 1
	}
}

test_a_public_website_is_left_alone if {
	website := fixture.but(bucket([]), {"values": {"bucket": "a-name", "acl": "public-read", "website": [{}], "server_side_encryption_configuration": []}})
	t := fixture.trueline([website], {})
	count(denied(t)) + count(undecided(t)) == 0
}
