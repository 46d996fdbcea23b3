# METADATA
# title: Notebook whose metadata service answers without a token
# description: >-
#   Code in the notebook that fetches addresses given by others can be made to fetch the credentials of its role. Version 2 of the
#   service wants a token that such a request can't get.
# custom:
#   id: aws/sagemaker/notebook-without-imdsv2
#   severity: medium
#   profile: baseline
#   resources: [aws_sagemaker_notebook_instance]
#   controls:
#     soc2: [CC6.1, CC6.2]
#     nist-800-53-r5: [IA-2, IA-5]
#     pci-dss-4.0: ['8.3.2']
#     hipaa: ['164.312(d)']
#     iso-27001-2022: [A.8.5]
#   aliases: [CKV_AWS_371]
#   help: Set `minimum_instance_metadata_service_version = "2"` in `instance_metadata_service_configuration`.
#   fix: Sets `minimum_instance_metadata_service_version`. Unsafe on an existing notebook, which is stopped and started.
package trueline.rules.aws.sagemaker.notebook_without_imdsv2

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "instance_metadata_service_configuration.minimum_instance_metadata_service_version",
	"equals": "2",
	"else": "a request that code in it is talked into gets the credentials of its role",
	"effects": [{"kind": "downtime", "why": "the notebook is stopped and started"}],
} if some r in plan.resources("aws_sagemaker_notebook_instance")
