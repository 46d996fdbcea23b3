# METADATA
# title: Notebook outside of a VPC
# description: >-
#   Its traffic passes no firewall and no flow log of the organization, and it reaches databases only over the internet.
# custom:
#   id: aws/sagemaker/notebook-outside-vpc
#   severity: medium
#   profile: strict
#   resources: [aws_sagemaker_notebook_instance]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_306]
#   help: Name a private subnet in `subnet_id` and groups in `security_groups`. It can't be changed on an existing notebook.
package trueline.rules.aws.sagemaker.notebook_outside_vpc

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "subnet_id",
	"set": true,
	"else": "its traffic passes no network of the organization",
	"fix": [],
} if some r in plan.resources("aws_sagemaker_notebook_instance")
