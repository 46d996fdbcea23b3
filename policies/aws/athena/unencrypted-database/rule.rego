# METADATA
# title: Athena database that doesn't encrypt results
# description: >-
#   Results of the statements that make the database are stored as the bucket happens to be set up.
# custom:
#   id: aws/athena/unencrypted-database
#   severity: low
#   profile: baseline
#   resources: [aws_athena_database]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_77]
#   help: Add an `encryption_configuration` block with `SSE_S3`, or `SSE_KMS` and a key.
#   fix: Encrypts results with `SSE_S3`. An existing database would be replaced.
package trueline.rules.aws.athena.unencrypted_database

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "encryption_configuration.encryption_option",
	"set": true,
	"else": "results are stored as the bucket happens to be set up",
	"value": "SSE_S3",
	"effects": [{"kind": "replaces", "why": "this can be chosen only when a database is made"}],
} if some r in plan.resources("aws_athena_database")
