# METADATA
# title: ECS service on a fixed version of Fargate
# description: >-
#   A fixed platform version gets no newer kernel and container runtime, and is taken away one day. "LATEST" is what new tasks get by
#   default.
# custom:
#   id: aws/ecs/service-with-pinned-platform
#   severity: low
#   profile: baseline
#   resources: [aws_ecs_service]
#   controls:
#     soc2: [CC7.1]
#     nist-800-53-r5: [CM-3, SI-7]
#     iso-27001-2022: [A.8.32]
#   aliases: [CKV_AWS_332]
#   help: Set `platform_version = "LATEST"`, or leave it out.
#   fix: Sets `platform_version` to "LATEST". Unsafe on an existing service, whose tasks are started anew.
package trueline.rules.aws.ecs.service_with_pinned_platform

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "platform_version",
	"in": ["LATEST"], "or_unset": true,
	"else": "its tasks get no newer kernel and container runtime",
	"when": {"launch_type": "FARGATE"},
	"effects": [{"kind": "downtime", "why": "the tasks are started anew"}],
} if some r in plan.resources("aws_ecs_service")
