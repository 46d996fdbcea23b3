# METADATA
# title: Container whose output is kept nowhere
# description: >-
#   What the container prints is lost when it ends, and that is when somebody wants to know why.
# custom:
#   id: aws/ecs/container-without-log
#   severity: medium
#   profile: baseline
#   resources: [aws_ecs_task_definition]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   help: Add a `logConfiguration`, e.g. with `logDriver = "awslogs"` and a log group.
package trueline.rules.aws.ecs.container_without_log

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "container_definitions.logConfiguration.logDriver",
	"set": true,
	"else": "what it prints is lost when it ends",
	"fix": [],
} if some r in plan.resources("aws_ecs_task_definition")
