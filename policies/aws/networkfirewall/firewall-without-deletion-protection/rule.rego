# METADATA
# title: Network firewall without deletion protection
# description: >-
#   A mistaken `terraform destroy` or one call of the API deletes the firewall, and with it what stands between the VPC and the
#   internet.
# custom:
#   id: aws/networkfirewall/firewall-without-deletion-protection
#   severity: medium
#   profile: baseline
#   resources: [aws_networkfirewall_firewall]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_344]
#   help: Set `delete_protection = true`.
#   fix: Sets `delete_protection`, which changes nothing about how the firewall works.
package trueline.rules.aws.networkfirewall.firewall_without_deletion_protection

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "delete_protection",
	"equals": true,
	"else": "one wrong command deletes this firewall",
} if some r in plan.resources("aws_networkfirewall_firewall")
