# METADATA
# title: Domain that can be transferred away
# description: >-
#   Whoever gets the code of the registrar can move the domain to another one, and with it mail and websites.
# custom:
#   id: aws/route53/domain-without-transfer-lock
#   severity: medium
#   profile: baseline
#   resources: [aws_route53domains_registered_domain]
#   controls:
#     soc2: [CC7.1, CC8.1]
#     nist-800-53-r5: [CM-2, CM-6]
#     iso-27001-2022: [A.8.9]
#   aliases: [CKV_AWS_377]
#   help: Remove `transfer_lock`, or set it to true.
#   fix: Sets `transfer_lock`.
package trueline.rules.aws.route53.domain_without_transfer_lock

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "transfer_lock",
	"equals": true, "or_unset": true,
	"else": "the domain can be moved to another registrar",
} if some r in plan.resources("aws_route53domains_registered_domain")
