# METADATA
# title: State machine encrypted without a customer-managed key
# description: >-
#   What runs are given and answer is kept for 90 days, encrypted with a key that AWS owns: access can't be cut by disabling a key.
# custom:
#   id: aws/stepfunctions/state-machine-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_sfn_state_machine]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   settings: [aws.kms_key_arn]
#   help: >-
#     Set `type = "CUSTOMER_MANAGED_KMS_KEY"` and the organization's key in `encryption_configuration`, and let the machine's role use
#     the key.
#   fix: >-
#     Sets `encryption_configuration` to the organization's key. Unsafe where the machine's role is not seen to be allowed to use it.
package trueline.rules.aws.stepfunctions.state_machine_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan
import data.trueline.lib.roles

expect contains {
	"of": r,
	"route": "encryption_configuration.kms_key_id",
	"set": true,
	"else": "what its runs handle is encrypted with a key that AWS owns",
	"fix": operations(r),
	"needs": kms.needs(r),
	"effects": array.concat([kms.cost], roles.effects(r, "role_arn", ["kms:decrypt", "kms:generatedatakey"], [], "the role of the machine has to be allowed to use the key, or its runs fail")),
} if some r in plan.resources("aws_sfn_state_machine")

operations(r) := [
	{"set": "encryption_configuration[0].type", "value": "CUSTOMER_MANAGED_KMS_KEY"},
	{"set": "encryption_configuration[0].kms_key_id", "value": kms.key(r)},
]

default operations(_) := []
