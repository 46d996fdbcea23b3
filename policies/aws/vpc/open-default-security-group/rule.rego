# METADATA
# title: VPC whose default security group lets traffic through
# description: >-
#   AWS makes a default group for every VPC that allows everything between its members and everything out. Whatever is started without
#   a group of its own is in it.
# custom:
#   id: aws/vpc/open-default-security-group
#   severity: medium
#   profile: baseline
#   resources: [aws_vpc]
#   controls:
#     soc2: [CC6.6]
#     cis-aws-3.0: ['5.4']
#     cis-aws-5.0: ['5.5']
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV2_AWS_12, AVD-AWS-0173, AWS-0173]
#   help: Add an `aws_default_security_group` without rules, and give everything a group of its own.
#   fix: Adds one without rules. Unsafe on an existing VPC, where something may be in the group.
package trueline.rules.aws.vpc.open_default_security_group

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"companion": "aws_default_security_group",
	"link": {"vpc_id": "id"},
	"equals": {"ingress": {"absent": true}, "egress": {"absent": true}},
	"else": "whatever is started without a group of its own may talk to the others and to the internet",
	"what": "the default security group is closed",
	"effects": effects(r),
} if some r in plan.resources("aws_vpc")

effects(r) := [] if r.new

effects(r) := [{"kind": "behaviour", "why": "what is in the default group of the existing VPC loses its connections"}] if not r.new
