package trueline.lib.denials_test

import rego.v1

import data.trueline.lib.denials
import data.trueline.lib.testing.fixture

# Who is left of everybody whom the first statement lets in.
left(allow, denials) := denials_left(object.union({"Effect": "Allow", "Principal": "*"}, allow), [object.union({"Effect": "Deny"}, d) | some d in denials])

denials_left(allow, others) := denials.left({
	"resource": {"documents": {"policy": {"Statement": array.concat([allow], others)}}},
	"document": "policy",
	"body": allow,
})

invoke := {"Action": "execute-api:Invoke", "Resource": "execute-api:/*"}

network := {"Principal": "*", "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}}}

test_a_denial_has_to_be_for_everybody if {
	every principal in ["*", {"AWS": "*"}, {"AWS": ["*"]}, {"AWS": ["arn:aws:iam::111122223333:root", "*"]}] {
		left(invoke, [object.union_n([invoke, network, {"Principal": principal}])]) == "narrow"
	}
	every principal in [{"AWS": "arn:aws:iam::111122223333:root"}, {"Service": "*"}, "arn:aws:iam::111122223333:root"] {
		left(invoke, [object.union(invoke, {"Principal": principal, "Condition": network.Condition})]) == "open"
	}
	left(invoke, []) == "open"
	left(invoke, [object.union(invoke, {"NotPrincipal": {"AWS": ["arn:aws:iam::111122223333:root"]}})]) == "narrow"
	left(invoke, [object.union(invoke, {"NotPrincipal": {"AWS": fixture.leaf("aws_iam_role.r.arn")}})]) == "narrow"
	left(invoke, [object.union(invoke, {"NotPrincipal": {"AWS": "*"}})]) == "open"
	left(invoke, [object.union(invoke, {"Principal": "*"})]) == "narrow"
}

test_a_denial_has_to_cover_the_actions if {
	both := {"Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::b/*"}
	every denied in ["*", "s3:*", "S3:*Object", ["s3:getobject", "s3:putobject"], ["s3:Get*", "s3:Put*"]] {
		left(both, [object.union_n([both, network, {"Action": denied}])]) == "narrow"
	}
	every denied in ["s3:GetObject", ["s3:Get*", "s3:Delete*"], "sqs:*", "s3:?etObject"] {
		left(both, [object.union_n([both, network, {"Action": denied}])]) == "open"
	}

	# Two denials may do it together.
	left(both, [object.union_n([both, network, {"Action": "s3:Get*"}]), object.union_n([both, network, {"Action": "s3:Put*"}])]) == "narrow"

	# All but some.
	left(both, [object.union({"NotAction": "s3:ListBucket", "Resource": "*"}, network)]) == "narrow"
	left(both, [object.union({"NotAction": ["s3:PutObject"], "Resource": "*"}, network)]) == "open"
	left({"Action": "s3:*", "Resource": "*"}, [object.union({"NotAction": "s3:GetObject", "Resource": "*"}, network)]) == "open"
	left({"Action": "s3:*", "Resource": "*"}, [object.union({"NotAction": "sqs:*", "Resource": "*"}, network)]) == "narrow"
	left({"NotAction": "s3:GetObject", "Resource": "*"}, [object.union({"Action": "s3:*", "Resource": "*"}, network)]) == "open"
	left({"NotAction": "s3:GetObject", "Resource": "*"}, [object.union({"Action": "*", "Resource": "*"}, network)]) == "narrow"
	left(both, [object.union_n([both, network, {"Action": fixture.open_leaf("action")}])]) == "unknown"
	left(both, [object.union({"NotAction": fixture.open_leaf("action"), "Resource": "*"}, network)]) == "unknown"
	left({"Action": fixture.open_leaf("action"), "Resource": "*"}, [object.union({"Action": "s3:*", "Resource": "*"}, network)]) == "open"
}

test_a_denial_has_to_cover_the_resources if {
	read := {"Action": "s3:GetObject", "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]}
	every denied in ["*", ["arn:aws:s3:::b", "arn:aws:s3:::b/*"], "arn:aws:s3:::b*", "arn:aws:s3:::*"] {
		left(read, [object.union_n([read, network, {"Resource": denied}])]) == "narrow"
	}
	every denied in ["arn:aws:s3:::b", "arn:aws:s3:::b/*", "arn:aws:s3:::c*", ["arn:aws:s3:::b", "arn:aws:s3:::b/private/*"], "arn:aws:s3:::?"] {
		left(read, [object.union_n([read, network, {"Resource": denied}])]) == "open"
	}
	left({"Action": "sts:AssumeRole"}, [object.union({"Action": "sts:AssumeRole"}, network)]) == "narrow"
	left(read, [object.union({"Action": "s3:*", "NotResource": "arn:aws:s3:::b/public/*"}, network)]) == "unknown"
}

test_references_are_the_same_with_the_same_rest if {
	all := {"Action": "s3:GetObject", "Resource": at("aws_s3_bucket.b.arn", "/*")}
	left(all, [object.union(all, network)]) == "narrow"
	left({"Action": "s3:GetObject", "Resource": at("aws_s3_bucket.b.arn", "/public/*")}, [object.union(all, network)]) == "narrow"
	left(all, [object.union({"Action": "*", "Resource": "*"}, network)]) == "narrow"

	# Another bucket, less than all, more than one reference: who knows.
	every other in [at("aws_s3_bucket.c.arn", "/*"), at("aws_s3_bucket.b.arn", "/public/*"), object.remove(at("aws_s3_bucket.b.arn", "/*"), ["alone"]), "arn:aws:s3:::b/*"] {
		left(all, [object.union_n([{"Action": "s3:GetObject", "Resource": other}, network])]) == "unknown"
	}
	left(all, [object.union_n([all, network, {"Condition": {"StringEquals": {"aws:SourceVpce": "x"}}}])]) == "open"
}

at(ref, suffix) := fixture.but(fixture.leaf(ref), {"suffix": suffix, "alone": true})

test_what_the_denial_leaves_decides if {
	every condition, verdict in {
		"Bool": {"aws:SecureTransport": "false"},
		"StringEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"},
		"NotIpAddress": {"aws:SourceIp": "0.0.0.0/0"},
	} {
		left(invoke, [object.union(invoke, {"Principal": "*", "Condition": {condition: verdict}})]) == "open"
	}
	left(invoke, [object.union_n([invoke, network, {"Action": "execute-api:*", "trueline:rest": fixture.open_leaf("more")}])]) == "narrow"
	left(invoke, [{"Effect": "Deny", "Principal": "*", "trueline:rest": fixture.open_leaf("more")}]) == "unknown"
	left(invoke, [object.union(invoke, {"Principal": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": fixture.open_leaf("office")}}})]) == "unknown"
}
