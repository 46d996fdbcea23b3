package trueline.lib.conditions_test

import rego.v1

import data.trueline.lib.conditions
import data.trueline.lib.testing.fixture

# Who passes a statement with one test.
passes(operator, key, values) := conditions.who({"Condition": {operator: {key: values}}})

# Who is left by one that denies.
left(operator, key, values) := conditions.left_by({"Condition": {operator: {key: values}}})

# Keys by what their values say, with a value that names somebody and one that everybody can satisfy.
keys := {
	"aws:PrincipalAccount": {"good": "111122223333", "bad": "*"},
	"aws:PrincipalArn": {"good": "arn:aws:iam::111122223333:role/*", "bad": "arn:aws:iam::*:role/deploy"},
	"aws:PrincipalOrgID": {"good": "o-a1b2c3d4e5", "bad": "o-*"},
	"aws:PrincipalOrgPaths": {"good": "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*", "bad": "*/r-ab12/ou-ab12-11111111/*"},
	"aws:SourceAccount": {"good": "111122223333", "bad": "*"},
	"aws:SourceArn": {"good": "arn:aws:sns:*:111122223333:*", "bad": "arn:aws:sns:*:*:*"},
	"aws:SourceOrgID": {"good": "o-a1b2c3d4e5", "bad": "*"},
	"aws:SourceOrgPaths": {"good": "o-a1b2c3d4e5/*", "bad": "o-*/*"},
	"aws:SourceOwner": {"good": "111122223333", "bad": "????????????"},
	"aws:SourceVpc": {"good": "vpc-0123456789abcdef0", "bad": "vpc-*"},
	"aws:SourceVpcArn": {"good": "arn:aws:ec2:eu-west-1:111122223333:vpc/*", "bad": "arn:aws:ec2:eu-west-1:*:vpc/*"},
	"aws:SourceVpce": {"good": "vpce-0123456789abcdef0", "bad": "vpce-*"},
	"aws:VpceAccount": {"good": "444455556666", "bad": "*"},
	"aws:VpceOrgID": {"good": "o-a1b2c3d4e5", "bad": "o-?*"},
	"aws:VpceOrgPaths": {"good": "o-a1b2c3d4e5/r-ab12/*", "bad": "*"},
	"aws:userid": {"good": "AROA1234567890EXAMPLE:*", "bad": "*:deploy"},
	"kms:CallerAccount": {"good": "111122223333", "bad": "*"},
	"s3:DataAccessPointAccount": {"good": "111122223333", "bad": "1*"},
	"sns:Endpoint": {"good": "*@example.com", "bad": "https://*"},
}

# What each operator makes of a value with wildcards that names somebody, and of one that does not.
test_operators_times_keys_times_values if {
	every key, value in keys {
		every set in ["", "ForAnyValue:"] {
			every operator in ["StringLike", "ArnLike", "ArnEquals", "stringlike"] {
				name := concat("", [set, operator])
				passes(name, key, value.good) == "narrow"
				passes(name, lower(key), [value.good, value.good]) == "narrow"
				passes(name, key, value.bad) == "open"
				passes(name, key, [value.good, value.bad]) == "open"
			}
			every operator in ["StringEquals", "StringEqualsIgnoreCase"] {
				passes(concat("", [set, operator]), upper(key), value.good) == "narrow"
			}
			every operator in ["StringNotEquals", "StringNotLike", "ArnNotLike", "ArnNotEquals", "StringNotEqualsIgnoreCase"] {
				passes(concat("", [set, operator]), key, value.good) == "open"
			}
		}
		passes("ForAllValues:StringLike", key, value.good) == always(key)
		passes("StringLikeIfExists", key, value.good) == always(key)
		passes("StringEqualsIfExists", key, value.good) == always(key)
		passes("Null", key, "false") == "open"
		passes("Null", key, "true") == "open"
	}
}

# Where every request has the key, nobody passes for the lack of it.
always(key) := "narrow" if key in {"aws:PrincipalAccount", "kms:CallerAccount"}

default always(_) := "open"

test_a_key_that_has_to_be_there_closes_what_if_exists_leaves if {
	every key, value in keys {
		every operator in ["StringLikeIfExists", "ForAllValues:StringLike"] {
			conditions.who({"Condition": {operator: {key: value.good}, "Null": {key: "false"}}}) == "narrow"
			conditions.who({"Condition": {operator: {key: value.bad}, "Null": {key: "false"}}}) == "open"
		}
	}
}

# A statement that denies leaves those whom a negated test names.
test_denials_times_keys_times_values if {
	every key, value in keys {
		every operator in ["StringNotLike", "ArnNotLike", "ArnNotEquals", "StringNotLikeIfExists", "ForAllValues:StringNotLike"] {
			left(operator, key, value.good) == "narrow"
			left(operator, key, value.bad) == "open"
		}
		every operator in ["StringNotEquals", "StringNotEqualsIfExists"] {
			left(operator, key, value.good) == "narrow"
		}
		left("ForAnyValue:StringNotLike", key, value.good) == always(key)
		every operator in ["StringLike", "StringEquals", "StringEqualsIfExists", "Null"] {
			left(operator, key, value.good) == "open"
		}
	}
	left("NotIpAddress", "aws:SourceIp", ["203.0.113.0/24"]) == "narrow"
	left("NotIpAddress", "aws:SourceIp", ["0.0.0.0/1", "128.0.0.0/1"]) == "open"
	left("Bool", "aws:SecureTransport", "false") == "open"
	conditions.left_by({}) == "narrow"
}

# All tests of a denial have to hold: who escapes one of them is left.
test_a_denial_is_as_wide_as_its_widest_gap if {
	network := {"aws:SourceVpce": "vpce-0123456789abcdef0"}
	conditions.left_by({"Condition": {"StringNotEquals": object.union(network, {"aws:PrincipalAccount": "111122223333"})}}) == "narrow"
	conditions.left_by({"Condition": {"StringNotEquals": network, "Bool": {"aws:SecureTransport": "false"}}}) == "open"
	conditions.left_by({"Condition": {"StringNotEquals": network, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}) == "narrow"
	conditions.left_by({"Condition": {"StringNotEquals": network, "Bool": {"aws:PrincipalIsAWSService": "false"}}}) == "unknown"
	conditions.left_by({"Condition": {"StringNotEquals": network, "BoolIfExists": {"aws:ViaAWSService": "false"}}}) == "unknown"
	conditions.left_by({"Condition": {"StringNotEquals": {"aws:SourceVpce": fixture.open_leaf("endpoint")}}}) == "narrow"
	conditions.left_by({"Condition": {"StringNotLike": {"aws:SourceVpce": fixture.open_leaf("endpoint")}}}) == "unknown"
	conditions.left_by({"Condition": fixture.open_leaf("condition")}) == "unknown"
}

test_flags_are_judged_by_their_value if {
	every key in ["aws:PrincipalIsAWSService", "elasticfilesystem:AccessedViaMountTarget"] {
		passes("Bool", key, "true") == "narrow"
		passes("Bool", key, true) == "narrow"
		passes("Bool", key, ["true"]) == "narrow"
		passes("Bool", key, "false") == "open"
		passes("Bool", key, ["true", "false"]) == "open"
		passes("BoolIfExists", key, "true") == "open"
		passes("Bool", key, fixture.open_leaf("flag")) == "unknown"
	}
	passes("Null", "aws:PrincipalServiceName", "false") == "narrow"
	passes("StringLike", "aws:PrincipalServiceNamesList", "*.amazonaws.com") == "narrow"
}

test_networks_are_as_wide_as_together if {
	every open in [
		["0.0.0.0/0"], ["::/0"], ["0.0.0.0/1", "128.0.0.0/1"], ["0.0.0.0/1"], ["::/1", "8000::/1"], ["2000::/3"],
		["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"], ["203.0.113.0/24", "0.0.0.0/0"],
		["10.0.0.0/8", "::/0"], ["64.0.0.0/7"],
	] {
		passes("IpAddress", "aws:SourceIp", open) == "open"
		passes("IpAddress", "aws:SourceIp", array.concat(open, [fixture.open_leaf("office")])) == "open"
	}
	every narrow in [
		["203.0.113.0/24"], ["10.0.0.0/8"], ["203.0.113.7"], ["2001:db8::/32"], ["fd00::/8"], ["192.0.2.0/24", "2001:db8::1"], [],
	] {
		passes("IpAddress", "aws:SourceIp", narrow) == "narrow"
		passes("NotIpAddress", "aws:SourceIp", narrow) == "open"
		passes("IpAddressIfExists", "aws:SourceIp", narrow) == "open"
	}
	passes("IpAddress", "aws:SourceIp", fixture.open_leaf("office")) == "unknown"
	passes("IpAddress", "aws:SourceIp", fixture.but(fixture.open_leaf("office"), {"suffix": "/32"})) == "narrow"

	# Private addresses are the same in everybody's networks.
	passes("IpAddress", "aws:VpcSourceIp", ["10.0.0.0/8"]) == "open"
}

test_arns_are_somebodys_or_anybodys if {
	every arn in [
		"arn:aws:sns:eu-west-1:111122223333:orders", "arn:aws:sns:*:111122223333:*", "arn:aws:iam::111122223333:root", "arn:aws:s3:::bucket",
		"arn:aws:s3:*:*:bucket", "arn:aws:s3:::bucket/*", "arn:aws:ec2:*:*:vpc/vpc-0123456789abcdef0", "arn:aws:iam::aws:policy/*",
		"arn:aws:cloudfront::*:distribution/E1ABCDEFGHIJ2", "arn:aws:apigateway:*::/restapis/a1b2c3",
		"arn:*:sts::111122223333:assumed-role/deploy/*",
	] {
		passes("ArnLike", "aws:SourceArn", arn) == "narrow"
	}
	every arn in [
		"*", "arn:*", "arn:aws:sns:*", "arn:aws:sns:*:*:*", "arn:aws:sns:eu-west-1:*:orders", "arn:aws:iam::*:root", "arn:aws:iam::*:role/deploy",
		"arn:aws:iam::11112222????:root", "arn:aws:s3:::*", "arn:aws:s3:::my-*", "arn:aws:s3:*:*:accesspoint/x", "arn:aws:route53:::hostedzone/*",
		"*:role/deploy", "arn:aws:cloudfront::*:distribution/*",
	] {
		passes("ArnLike", "aws:SourceArn", arn) == "open"
		passes("StringLike", "aws:PrincipalArn", arn) == "open"

		# Without wildcards it is a text that no ARN has.
		passes("StringEquals", "aws:SourceArn", arn) == "narrow"
	}
}

test_keys_that_anybody_can_satisfy if {
	every key in [
		"aws:PrincipalTag/team", "aws:RequestTag/team", "aws:ResourceTag/team", "aws:TagKeys", "aws:username", "aws:UserAgent", "aws:Referer",
		"aws:RequestedRegion", "aws:SourceIdentity", "aws:CalledVia", "aws:PrincipalType", "aws:ResourceAccount", "aws:ResourceOrgID",
		"sts:ExternalId", "sts:RoleSessionName", "kms:ViaService", "kms:EncryptionContext:app", "s3:x-amz-acl", "s3:prefix", "sns:Protocol",
	] {
		passes("StringEquals", key, "x") == "open"
		passes("StringLike", key, "x") == "open"
		left("StringNotEquals", key, "x") == "open"
	}
	every key in ["aws:SecureTransport", "aws:MultiFactorAuthPresent", "aws:ViaAWSService", "kms:GrantIsForAWSResource"] {
		passes("Bool", key, "true") == "open"
		passes("Bool", key, "false") == "open"
	}
	passes("NumericLessThan", "aws:MultiFactorAuthAge", "3600") == "open"
	passes("DateLessThan", "aws:CurrentTime", "2030-01-01T00:00:00Z") == "open"
}

test_variables_of_iam_that_say_whose_the_resource_is if {
	passes("StringEquals", "aws:ResourceAccount", "${aws:PrincipalAccount}") == "narrow"
	passes("StringEquals", "aws:ResourceOrgID", "${aws:PrincipalOrgID}") == "narrow"
	passes("StringEquals", "aws:PrincipalOrgID", "${aws:ResourceOrgID}") == "narrow"
	passes("StringEquals", "aws:SourceAccount", "${aws:ResourceAccount}") == "narrow"
	passes("ArnLike", "aws:PrincipalArn", "arn:aws:iam::${aws:ResourceAccount}:role/*") == "narrow"
	passes("StringEquals", "aws:PrincipalAccount", "${aws:PrincipalAccount}") == "unknown"
	passes("StringEquals", "aws:ResourceAccount", "111122223333") == "open"
}

# What is not known: one reference, one variable, each alone and within an ARN.
test_unknown_values if {
	passes("ArnLike", "aws:SourceArn", fixture.leaf("aws_sns_topic.t.arn")) == "narrow"
	passes("ArnLike", "aws:SourceArn", fixture.but(fixture.leaf("aws_s3_bucket.b.arn"), {"suffix": "/*"})) == "narrow"
	passes("ArnLike", "aws:SourceArn", fixture.open_leaf("topic")) == "unknown"
	passes("ArnLike", "aws:SourceArn", [fixture.open_leaf("topic"), "arn:aws:sns:*:*:*"]) == "open"
	passes("ArnLike", "aws:SourceArn", fixture.but(fixture.open_leaf("account"), {"prefix": "arn:aws:sns:*:", "suffix": ":*"})) == "unknown"
	passes("ArnLike", "aws:SourceArn", fixture.but(fixture.open_leaf("name"), {"prefix": "arn:aws:sns:*:*:"})) == "open"
	passes("ArnLike", "aws:SourceArn", fixture.but(fixture.open_leaf("name"), {"prefix": "arn:aws:sns:*:111122223333:"})) == "narrow"
	passes("StringEquals", "aws:PrincipalOrgID", fixture.open_leaf("organization")) == "narrow"
	passes("StringLike", "aws:PrincipalOrgID", fixture.open_leaf("organization")) == "unknown"
	account := fixture.but(fixture.leaf("data.aws_caller_identity.current.account_id"), {"trueline:unknown": "data"})
	passes("StringLike", "aws:SourceAccount", account) == "narrow"
	passes("StringEquals", "aws:SourceAccount", "(sensitive)") == "unknown"
	conditions.who({"Condition": fixture.open_leaf("condition")}) == "unknown"
	conditions.who({"Condition": {"StringEquals": fixture.open_leaf("tests")}}) == "unknown"
	conditions.who({"Condition": {"StringEqual": {"aws:SourceAccount": "111122223333"}}}) == "unknown"
	passes("StringEquals", "aws:SomethingNew", "x") == "unknown"

	# One test that is narrow is enough, one that is unknown leaves it open whether anybody passes.
	conditions.who({"Condition": {"StringEquals": {"aws:SourceAccount": "111122223333", "aws:SomethingNew": "x"}}}) == "narrow"
	conditions.who({"Condition": {"StringEquals": {"aws:UserAgent": "x", "aws:SomethingNew": "x"}}}) == "unknown"
	conditions.who({}) == "open"
}
