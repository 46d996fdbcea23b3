# METADATA
# title: Credentials in the environment of a container
# description: >-
#   Everybody who may read the task definition has these credentials, for ever: old revisions keep them. Nobody notices when they are
#   used.
# custom:
#   id: aws/ecs/credentials-in-environment
#   severity: high
#   profile: baseline
#   resources: [aws_ecs_task_definition]
#   controls:
#     soc2: [CC6.1, CC6.2]
#     nist-800-53-r5: [IA-2, IA-5]
#     pci-dss-4.0: ['8.3.2']
#     hipaa: ['164.312(d)']
#     iso-27001-2022: [A.8.5]
#   aliases: [AVD-AWS-0036, AWS-0036]
#   help: >-
#     Store the secret in Secrets Manager or Parameter Store and name its ARN in `secrets` (`valueFrom`) instead of `environment`. What
#     stood in the source has to be replaced.
package trueline.rules.aws.ecs.credentials_in_environment

import rego.v1

import data.trueline.lib.credentials
import data.trueline.lib.plan

expect contains {
	"of": r,
	"each": "container_definitions.environment",
	"route": "value",
	"absent": true,
	"else": "everybody who may read the task definition has this secret",
	"when": {"name": {"matches": credentials.pattern}},
	"fix": [],
	"what": "no secret stands in the environment",
} if some r in plan.resources("aws_ecs_task_definition")
