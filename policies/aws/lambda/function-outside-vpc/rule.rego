# METADATA
# title: Lambda function outside of a VPC
# description: >-
#   The function reaches the internet directly, past the firewalls and flow logs of the organization's networks, and reaches nothing
#   that is private.
# custom:
#   id: aws/lambda/function-outside-vpc
#   severity: low
#   profile: strict
#   resources: [aws_lambda_function]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_117]
#   settings: [aws.lambda.subnet_ids, aws.lambda.security_group_ids]
#   help: Name private subnets and security groups in `vpc_config`.
#   fix: >-
#     Sets `vpc_config` to the subnets and security groups that the settings name. Unsafe always: the function reaches only what these
#     networks reach.
package trueline.rules.aws.lambda.function_outside_vpc

import rego.v1

import data.trueline.lib.plan
import data.trueline.lib.stated

expect contains {
	"of": r,
	"route": "vpc_config.subnet_ids",
	"set": true,
	"else": "its traffic passes no network of the organization",
	"fix": operations(r),
	"needs": array.concat(stated.needs(r, ["lambda", "subnet_ids"]), stated.needs(r, ["lambda", "security_group_ids"])),
	"effects": [{"kind": "behaviour", "why": "it reaches only what its subnets reach, and its role has to be allowed to make network interfaces"}],
} if some r in plan.resources("aws_lambda_function")

operations(r) := array.concat(subnets, groups) if {
	subnets := stated.set(r, "vpc_config[0].subnet_ids", ["lambda", "subnet_ids"])
	groups := stated.set(r, "vpc_config[0].security_group_ids", ["lambda", "security_group_ids"])
	count(subnets) > 0
	count(groups) > 0
}

default operations(_) := []
