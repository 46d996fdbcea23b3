# METADATA
# title: Security group rule without a description
# description: >-
#   Rules are kept for years, since nobody can say any more what they are for. One sentence at each of them is what a review goes by.
# custom:
#   id: aws/vpc/rule-without-description
#   severity: low
#   profile: strict
#   resources: [aws_security_group_rule, aws_vpc_security_group_ingress_rule, aws_vpc_security_group_egress_rule]
#   controls:
#     soc2: [CC7.1, CC8.1]
#     nist-800-53-r5: [CM-2, CM-6]
#     iso-27001-2022: [A.8.9]
#   aliases: [CKV_AWS_23]
#   help: Say in `description` what the rule is for.
#   fix: Describes the rule by what it lets through, such as `tcp 443 from 192.0.2.0/24`.
package trueline.rules.aws.vpc.rule_without_description

import rego.v1

import data.trueline.lib.descriptions
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "description",
	"set": true,
	"else": "nobody can say what this rule is for",
	"what": "the rule says what it is for",
	"value": descriptions.of(r.values, way(r)),
} if {
	some type in ["aws_security_group_rule", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"]
	some r in plan.resources(type)
}

way(r) := "to" if endswith(r.type, "egress_rule")

way(r) := "to" if r.values.type == "egress"

default way(_) := "from"
