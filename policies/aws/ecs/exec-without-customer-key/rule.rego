# METADATA
# title: Shells in containers without a customer-managed key
# description: >-
#   What is typed and shown in a shell of ECS Exec travels with TLS only. With a key of the organization it is encrypted from end to
#   end, and who may open a shell hangs on that key as well.
# custom:
#   id: aws/ecs/exec-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_ecs_cluster]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `kms_key_id`, and let the tasks' role use it.
#   fix: >-
#     Sets `kms_key_id`. Unsafe always: the tasks' roles have to be allowed to use the key.
package trueline.rules.aws.ecs.exec_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "configuration.execute_command_configuration.kms_key_id",
	"set": true,
	"else": "sessions are not encrypted with a key of the organization",
	"when": {"configuration.execute_command_configuration": {"set": true}},
	"unless": {"configuration.execute_command_configuration.logging": "NONE"},
	"fix": kms.set(r, "configuration[0].execute_command_configuration[0].kms_key_id"),
	"needs": kms.needs(r),
	"effects": [kms.cost, kms.behaviour("the roles of the tasks have to be allowed to use the key, or no shell opens")],
} if some r in plan.resources("aws_ecs_cluster")
