# METADATA
# title: Commands run in containers are not recorded
# description: >-
#   With ECS Exec people open shells in running containers. With `logging = "NONE"` nobody can tell afterwards who did what there.
# custom:
#   id: aws/ecs/exec-without-log
#   severity: medium
#   profile: baseline
#   resources: [aws_ecs_cluster]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_223]
#   help: Set `logging` to "DEFAULT", or to "OVERRIDE" with a log group or bucket.
#   fix: >-
#     Sets `logging` to "DEFAULT": the log driver of the container takes what is typed.
package trueline.rules.aws.ecs.exec_without_log

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "configuration.execute_command_configuration.logging",
	"not_equals": "NONE",
	"else": "what people do inside of containers is recorded nowhere",
	"value": "DEFAULT",
} if some r in plan.resources("aws_ecs_cluster")
