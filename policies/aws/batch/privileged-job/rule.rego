# METADATA
# title: Batch job with all rights on its host
# description: >-
#   A program in a privileged container that is broken into owns the host: all other jobs on it, their roles and their data.
# custom:
#   id: aws/batch/privileged-job
#   severity: high
#   profile: baseline
#   resources: [aws_batch_job_definition]
#   controls:
#     soc2: [CC6.1, CC6.3]
#     nist-800-53-r5: [AC-3, AC-6]
#     pci-dss-4.0: ['7.2.1', '7.2.2']
#     hipaa: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.2]
#   aliases: [CKV_AWS_210]
#   help: Leave `privileged` out of `container_properties`, and add the one Linux capability or device that is needed.
package trueline.rules.aws.batch.privileged_job

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "container_properties.privileged",
	"not_equals": true,
	"else": "who breaks into the job owns its host",
	"fix": [],
} if some r in plan.resources("aws_batch_job_definition")
