# METADATA
# title: Security group or rule without a description
# description: >-
#   Rules are kept for years, since nobody can say any more what they are for. One sentence at each of them is what a review goes by.
# custom:
#   id: aws/vpc/security-group-without-description
#   severity: low
#   profile: strict
#   resources: [aws_security_group]
#   controls:
#     soc2: [CC7.1, CC8.1]
#     nist-800-53-r5: [CM-2, CM-6]
#     iso-27001-2022: [A.8.9]
#   aliases: [CKV_AWS_23, AVD-AWS-0099, AWS-0099, AVD-AWS-0124, AWS-0124]
#   help: Say in `description` what the group is for, and at each rule who comes from where.
#   fix: >-
#     Describes a rule by what it lets through, such as `tcp 443 from 192.0.2.0/24`. What a group is for only you can say: its
#     description can't be changed without making the group anew.
package trueline.rules.aws.vpc.security_group_without_description

import rego.v1

import data.trueline.lib.descriptions
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "description",
	"not_in": ["Managed by Terraform"],
	"stated": true,
	"else": "nobody can say what the group is for",
	"what": "the group says what it is for",
	"fix": [{"set": "description", "value": sprintf("Network access of %s", [replace(replace(r.name, "_", " "), "-", " ")])}],
	"effects": [{"kind": "replaces", "why": "the description of an existing group can't be changed: it would be replaced"}],
} if some r in plan.resources("aws_security_group")

# Rules that stand in the group.
expect contains {
	"of": {"address": r.address, "at": block.route},
	"route": "description",
	"set": true,
	"else": "nobody can say what this rule is for",
	"what": "the rule says what it is for",
	"value": descriptions.of(block.body, {"ingress": "from", "egress": "to"}[kind]),
} if {
	some r in plan.resources("aws_security_group")
	some kind in ["ingress", "egress"]
	some block in plan.blocks(r, kind)
}

# Which rules there are may not be known.
unknown contains plan.undecided(r, route, "all rules say what they are for") if {
	some r in plan.resources("aws_security_group")
	some route, _ in r.unknown
	regex.match(`^(in|e)gress(\[[0-9]+\])?$`, route)
}
