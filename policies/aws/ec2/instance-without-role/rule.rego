# METADATA
# title: Instance without a role
# description: >-
#   Programs on an instance without a role that call AWS need access keys, which stay valid for ever, are copied and end up in images
#   and backups. A role gives them credentials that change by the hour, and lets Systems Manager look after the instance.
# custom:
#   id: aws/ec2/instance-without-role
#   severity: low
#   profile: strict
#   resources: [aws_instance]
#   controls:
#     soc2: [CC6.1, CC6.2]
#     cis-aws-3.0: ['1.18']
#     cis-aws-5.0: ['1.17']
#     nist-800-53-r5: [IA-2, IA-5]
#     pci-dss-4.0: ['8.3.2']
#     hipaa: ['164.312(d)']
#     iso-27001-2022: [A.8.5]
#   aliases: [CKV2_AWS_41]
#   help: >-
#     Make a role with the permissions that the programs need, an instance profile for it, and name that in `iam_instance_profile`.
package trueline.rules.aws.ec2.instance_without_role

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "iam_instance_profile",
	"set": true,
	"else": "what runs on it can call AWS with stored access keys only",
	"fix": [],
} if some r in plan.resources("aws_instance")
