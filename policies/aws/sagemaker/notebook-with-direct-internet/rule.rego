# METADATA
# title: Notebook with its own way to the internet
# description: >-
#   Data can leave the notebook past every firewall and log of the organization's network.
# custom:
#   id: aws/sagemaker/notebook-with-direct-internet
#   severity: high
#   profile: baseline
#   resources: [aws_sagemaker_notebook_instance]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_122]
#   help: >-
#     Set `direct_internet_access = "Disabled"` with a `subnet_id` and `security_groups`; training needs endpoints or a NAT gateway
#     then. It can't be changed on an existing notebook.
package trueline.rules.aws.sagemaker.notebook_with_direct_internet

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "direct_internet_access",
	"equals": "Disabled",
	"else": "data can leave it past every firewall",
	"fix": [],
} if some r in plan.resources("aws_sagemaker_notebook_instance")
