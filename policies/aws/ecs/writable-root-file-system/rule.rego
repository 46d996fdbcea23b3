# METADATA
# title: Container that can change its own file system
# description: >-
#   Who breaks into the container can put tools into it and change the program that runs. With a read-only root file system only what
#   is mounted can be written.
# custom:
#   id: aws/ecs/writable-root-file-system
#   severity: low
#   profile: strict
#   resources: [aws_ecs_task_definition]
#   controls:
#     soc2: [CC6.8]
#     nist-800-53-r5: [SI-7]
#     hipaa: ['164.312(c)(1)']
#     iso-27001-2022: [A.8.32]
#   aliases: [CKV_AWS_336]
#   help: >-
#     Set `readonlyRootFilesystem = true`, and mount a volume or `tmpfs` where the program writes (`/tmp`, caches, pid files).
package trueline.rules.aws.ecs.writable_root_file_system

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "container_definitions.readonlyRootFilesystem",
	"equals": true,
	"else": "who breaks into the container can change the program",
	"fix": [],
} if some r in plan.resources("aws_ecs_task_definition")
