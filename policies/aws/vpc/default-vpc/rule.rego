# METADATA
# title: Default VPC that is put to use
# description: >-
#   The default VPC has only public subnets and is shared by everything that names no network. Taking it under Terraform's care means
#   to build on it.
# custom:
#   id: aws/vpc/default-vpc
#   severity: medium
#   profile: baseline
#   resources: [aws_default_vpc]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_148, AVD-AWS-0101, AWS-0101]
#   help: Make an `aws_vpc` with private subnets, and leave the default one empty.
package trueline.rules.aws.vpc.default_vpc

import rego.v1

import data.trueline.lib.plan

deny contains {
	"address": r.address,
	"route": "",
	"msg": "the default VPC is put to use: it has only public subnets and is shared by everything that names no network",
} if some r in plan.resources("aws_default_vpc")
