# METADATA
# title: S3 lifecycle that keeps parts of broken uploads
# description: >-
#   Parts of uploads that were broken off are paid for, hold data, and are shown in no list of objects, until a rule removes them.
# custom:
#   id: aws/s3/lifecycle-without-abort
#   severity: low
#   profile: baseline
#   resources: [aws_s3_bucket_lifecycle_configuration]
#   controls:
#     soc2: [CC7.1, CC8.1]
#     nist-800-53-r5: [CM-2, CM-6]
#     iso-27001-2022: [A.8.9]
#   aliases: [CKV_AWS_300]
#   help: Add a rule with `abort_incomplete_multipart_upload` that applies to the whole bucket.
#   fix: Lets the first rule that is on and for the whole bucket remove parts of uploads seven days after they were begun.
package trueline.rules.aws.s3.lifecycle_without_abort

import rego.v1

import data.trueline.lib.plan

deny contains {
	"address": r.address,
	"route": "rule",
	"msg": "no rule removes parts of uploads that were broken off: they stay, are paid for and are in no list",
	"fix": [{"set": sprintf("rule[%d].abort_incomplete_multipart_upload[0].days_after_initiation", [i]), "value": 7} |
		some i in [first(r)]
	],
} if {
	some r in plan.resources("aws_s3_bucket_lifecycle_configuration")
	not aborts(r)
	count(open(r)) == 0
}

unknown contains plan.undecided(r, open(r)[0], "parts of broken uploads are removed") if {
	some r in plan.resources("aws_s3_bucket_lifecycle_configuration")
	not aborts(r)
	count(open(r)) > 0
}

rules(r) := plan.elements(r.values, "rule")

# The first rule that could do it.
first(r) := min({i |
	some i, rule in rules(r)
	rule.status == "Enabled"
	whole(rule)
})

# A rule that is on, and for the whole bucket.
aborts(r) if {
	some rule in rules(r)
	rule.status == "Enabled"
	some abort in plan.elements(rule, "abort_incomplete_multipart_upload")
	abort.days_after_initiation > 0
	whole(rule)
}

whole(rule) if {
	object.get(rule, "prefix", null) in {null, ""}
	every filter in plan.elements(rule, "filter") {
		every _, value in filter {
			value in {null, "", [], 0}
		}
	}
}

# What decides and is not known.
open(r) := sort([route |
	some route, _ in r.unknown
	regex.match(`^rule(\[[0-9]+\](\.(status|prefix|filter.*|abort_incomplete_multipart_upload.*))?)?$`, route)
])
