# METADATA
# title: Bedrock agent without a customer-managed key
# description: >-
#   The agent is encrypted with a key that AWS owns. Its policy can't be changed, it can't be shared with another account, and access
#   to the data can't be cut by disabling it.
# custom:
#   id: aws/bedrock/agent-without-customer-key
#   severity: low
#   profile: strict
#   resources: [aws_bedrockagent_agent]
#   controls:
#     soc2: [CC6.1]
#     nist-800-53-r5: [SC-12, SC-28(1)]
#     pci-dss-4.0: ['3.6.1']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_373]
#   settings: [aws.kms_key_arn]
#   help: Name the organization's key in `customer_encryption_key_arn`.
#   fix: >-
#     Sets `customer_encryption_key_arn` to the organization's key. Unsafe where those who work with it may not be allowed to use that
#     key.
package trueline.rules.aws.bedrock.agent_without_customer_key

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "customer_encryption_key_arn",
	"set": true,
	"else": "the agent is encrypted with a key that AWS owns",
	"what": "a customer-managed key is used",
	"fix": kms.set(r, "customer_encryption_key_arn"),
	"needs": kms.needs(r),
	"effects": array.concat([kms.cost], [kms.behaviour("the agent's role has to be allowed to use the key")]),
} if some r in plan.resources("aws_bedrockagent_agent")
