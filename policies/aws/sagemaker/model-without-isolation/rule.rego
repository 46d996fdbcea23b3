# METADATA
# title: Model whose container can reach the network
# description: >-
#   A model of others, or a library in its container, can send what it is asked to anywhere. Isolated it can reach nothing.
# custom:
#   id: aws/sagemaker/model-without-isolation
#   severity: low
#   profile: strict
#   resources: [aws_sagemaker_model]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_370]
#   help: >-
#     Set `enable_network_isolation = true` where the container loads nothing while it runs. An existing model is replaced by that.
package trueline.rules.aws.sagemaker.model_without_isolation

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "enable_network_isolation",
	"equals": true,
	"else": "what it is asked with can be sent anywhere",
	"fix": [],
} if some r in plan.resources("aws_sagemaker_model")
