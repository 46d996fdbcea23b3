# METADATA
# title: Task that sees the processes of its host
# description: >-
#   A container in the host's process namespace sees and can signal every process of the machine and read their environment, secrets
#   included.
# custom:
#   id: aws/ecs/task-in-host-processes
#   severity: high
#   profile: baseline
#   resources: [aws_ecs_task_definition]
#   controls:
#     soc2: [CC6.1, CC6.3]
#     nist-800-53-r5: [AC-3, AC-6]
#     pci-dss-4.0: ['7.2.1', '7.2.2']
#     hipaa: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.2]
#   aliases: [CKV_AWS_335]
#   help: Leave `pid_mode` out, or set it to "task".
package trueline.rules.aws.ecs.task_in_host_processes

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "pid_mode",
	"not_equals": "host",
	"else": "its containers see every process of the machine",
	"fix": [],
} if some r in plan.resources("aws_ecs_task_definition")
