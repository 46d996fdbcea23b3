# METADATA
# title: EFS volume of a task that is reached without TLS
# description: >-
#   Everybody who can listen in the network between the task and the file system reads the files that pass.
# custom:
#   id: aws/ecs/file-system-without-tls
#   severity: medium
#   profile: baseline
#   resources: [aws_ecs_task_definition]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_97, AVD-AWS-0035, AWS-0035]
#   help: Set `transit_encryption = "ENABLED"` in `efs_volume_configuration`.
#   fix: Sets `transit_encryption`.
package trueline.rules.aws.ecs.file_system_without_tls

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"each": "volume.efs_volume_configuration",
	"route": "transit_encryption",
	"equals": "ENABLED",
	"else": "files travel in the clear between task and file system",
} if some r in plan.resources("aws_ecs_task_definition")
