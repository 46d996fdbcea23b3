# METADATA
# title: Athena workgroup that doesn't encrypt results
# description: >-
#   Results of queries hold the data that they are about, and are stored as the bucket happens to be set up.
# custom:
#   id: aws/athena/unencrypted-results
#   severity: medium
#   profile: baseline
#   resources: [aws_athena_workgroup]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_159, AVD-AWS-0006, AWS-0006]
#   help: Add an `encryption_configuration` with `SSE_KMS` and a key, or `SSE_S3`.
#   fix: Encrypts results with `SSE_S3`; who reads them notices nothing.
package trueline.rules.aws.athena.unencrypted_results

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "configuration.result_configuration.encryption_configuration.encryption_option",
	"set": true,
	"else": "results are stored as the bucket happens to be set up",
	"value": "SSE_S3",
} if some r in plan.resources("aws_athena_workgroup")
