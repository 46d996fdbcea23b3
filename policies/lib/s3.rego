# How buckets are encrypted, and who reads and writes them that KMS would turn away.
package trueline.lib.s3

import rego.v1

import data.trueline.lib.access
import data.trueline.lib.iam
import data.trueline.lib.kms
import data.trueline.lib.plan

companion_type := "aws_s3_bucket_server_side_encryption_configuration"

# Encryption rules that apply to a bucket: whose they are, where, and what they say.
encryption_rules(bucket) := array.concat(
	rules_of(bucket, "server_side_encryption_configuration[0].", inline(bucket)),
	[rule |
		some companion in plan.companions(bucket, companion_type, "bucket")
		some rule in rules_of(companion, "", companion.values)
	],
)

inline(bucket) := bucket.values.server_side_encryption_configuration[0]

default inline(_) := {}

rules_of(r, prefix, holder) := [rule |
	some i, body in plan.elements(holder, "rule")
	some j, by_default in plan.elements(body, "apply_server_side_encryption_by_default")
	rule := {
		"holder": r,
		"rule": sprintf("%srule[%d]", [prefix, i]),
		"route": sprintf("%srule[%d].apply_server_side_encryption_by_default[%d]", [prefix, i, j]),
		"algorithm": by_default.sse_algorithm,
	}
]

# Some rule is there.
configured(bucket) if count(encryption_rules(bucket)) > 0

configured(bucket) if count(plan.elements(bucket.values, "server_side_encryption_configuration")) > 0

# A companion has rules, and what they say is not known.
configured(bucket) if unknown_rules(bucket)

# Companions whose rules are not known, with the route.
unknown_rules(bucket) := [unknown | some unknown in open_rules(bucket)] if count(open_rules(bucket)) > 0

open_rules(bucket) := {{"address": c.address, "why": unknown.why} |
	some c in plan.companions(bucket, companion_type, "bucket")
	some route, unknown in c.unknown
	regex.match(`^rule(\[[0-9]+\])?(\.apply_server_side_encryption_by_default)?$`, route)
}

# Companions that are there and say nothing of an algorithm.
without_algorithm(bucket) := [c.address |
	not configured(bucket)
	some c in plan.companions(bucket, companion_type, "bucket")
]

# Those who write or read a bucket without ever being able to use a key of KMS.
never(bucket) := sort({who |
	some link in object.get(data.trueline.backlinks, bucket.address, [])
	sure(link)
	who := keyless[link.type][regex.replace(link.route, `\[[0-9]+\]`, "")]
} | public(bucket))

# The same, of whom it can't be said whether they do.
perhaps_never(bucket) := sort({who |
	some link in object.get(data.trueline.backlinks, bucket.address, [])
	not sure(link)
	who := keyless[link.type][regex.replace(link.route, `\[[0-9]+\]`, "")]
} | perhaps_public(bucket))

sure(link) if {
	link.certain
	object.get(link, "exists", true)
}

keyless := {
	"aws_alb": {"access_logs.bucket": "access logs of a load balancer", "connection_logs.bucket": "logs of a load balancer"},
	"aws_elb": {"access_logs.bucket": "access logs of a load balancer"},
	"aws_lb": {"access_logs.bucket": "access logs of a load balancer", "connection_logs.bucket": "logs of a load balancer"},
	"aws_redshift_cluster": {"logging.bucket_name": "audit logs of Redshift"},
	"aws_redshift_logging": {"bucket_name": "audit logs of Redshift"},
	"aws_s3_bucket": {"logging.target_bucket": "S3 access logs"},
	"aws_s3_bucket_logging": {"target_bucket": "S3 access logs"},
	"aws_s3_bucket_website_configuration": {"bucket": "visitors of the website"},
}

# Those who don't sign their requests.
public(bucket) := {"anybody" | is_public(bucket)} | {"visitors of the website" |
	count(plan.elements(bucket.values, "website")) > 0
}

is_public(bucket) if startswith(bucket.values.acl, "public-")

is_public(bucket) if {
	some acl in plan.companions(bucket, "aws_s3_bucket_acl", "bucket")
	startswith(acl.values.acl, "public-")
}

is_public(bucket) if {
	some allow in policies_of(bucket)
	for_everybody(allow.body)
	every key in conditions_of(allow.body) {
		regex.match(`(?i)^(aws:(securetransport|referer|useragent|requestedregion|currenttime|epochtime)|s3:.*)$`, key)
	}
}

perhaps_public(bucket) := {"anybody" | may_be_public(bucket)}

may_be_public(bucket) if {
	some acl in plan.possible_companions(bucket, "aws_s3_bucket_acl", "bucket")
	startswith(acl.values.acl, "public-")
}

may_be_public(bucket) if {
	some acl in array.concat([bucket], plan.companions(bucket, "aws_s3_bucket_acl", "bucket"))
	acl.unknown.acl
}

# Networks and endpoints say nothing of who signs.
may_be_public(bucket) if {
	some allow in policies_of(bucket)
	for_everybody(allow.body)
	not signed(allow.body)
}

for_everybody(body) if body.Principal in ["*", {"AWS": "*"}, {"AWS": ["*"]}]

conditions_of(body) := [key | some tests in body.Condition; is_object(tests); some key, _ in tests] if {
	is_object(body.Condition)
	not iam.is_unknown(body.Condition)
}

conditions_of(body) := ["?"] if iam.is_unknown(body.Condition)

conditions_of(body) := [] if not "Condition" in object.keys(body)

# Only requests that are signed, or come from a service, have these keys.
signed(body) if {
	some operator, tests in body.Condition
	regex.match(`(?i)^(foranyvalue:)?(string(equals|like|equalsignorecase)|arn(equals|like))$`, operator)
	is_object(tests)
	some key, _ in tests
	regex.match(`(?i)^aws:(principal(arn|orgid|orgpaths)|userid|source(arn|account|orgid|orgpaths|owner))$`, key)
}

signed(body) if {
	some operator, tests in body.Condition
	regex.match(`(?i)^string(equals|equalsignorecase)$`, operator)
	some key, _ in tests
	lower(key) == "aws:principalaccount"
}

policies_of(bucket) := [allow |
	some allow in iam.allows
	allow.kind == "resource"
	access.about(allow.resource, bucket)
]

# Those who need a key whose own policy lets them use it.
by_key_policy(bucket) := sort({who |
	some link in object.get(data.trueline.backlinks, bucket.address, [])
	who := served[link.type]
} | {who | some who in access.service_principals(bucket)} | {"other accounts" |
	some allow in policies_of(bucket)
	some item in iam.items(allow.body.Principal, "AWS")
	item.value != "*"
})

served := {
	"aws_cloudfront_distribution": "cloudfront.amazonaws.com",
	"aws_cloudtrail": "cloudtrail.amazonaws.com",
	"aws_config_delivery_channel": "config.amazonaws.com",
	"aws_flow_log": "delivery.logs.amazonaws.com",
	"aws_s3_bucket_inventory": "s3.amazonaws.com",
	"aws_ses_receipt_rule": "ses.amazonaws.com",
}

# With KMS nobody loses access: nobody works with the bucket yet, and nobody in the module will whom KMS would turn away.
kms_is_sound(bucket) if {
	bucket.new
	count(never(bucket)) == 0
	count(perhaps_never(bucket)) == 0
	count(by_key_policy(bucket)) == 0
}

# The organization's key locks nobody out, as far as the module of a new bucket shows.
key_is_harmless(bucket) if {
	kms.key(bucket)
	count(access.key_effects(bucket)) == 0
}

# What a public access block may do: on a new bucket nothing, unless the module makes it public on purpose.
public_effects(r) := [kms.behaviour("who reads the existing bucket is not known")] if not r.new

public_effects(r) := [] if {
	r.new
	count(made_public(r)) == 0
}

public_effects(r) := [kms.behaviour(sprintf("%s lets everybody read the bucket, and would not any more", [plan.listed(made_public(r), 4)]))] if {
	r.new
	count(made_public(r)) > 0
}

# What in the module makes a bucket public.
made_public(r) := sort({c.address |
	some c in plan.companions(r, "aws_s3_bucket_acl", "bucket")
	startswith(c.values.acl, "public-")
} | {c.address |
	some c in plan.companions(r, "aws_s3_bucket_website_configuration", "bucket")
} | {allow.resource.address |
	some allow in iam.allows
	allow.kind == "resource"
	access.about(allow.resource, r)
	allow.body.Principal in {"*", {"AWS": "*"}, {"AWS": ["*"]}}
})
