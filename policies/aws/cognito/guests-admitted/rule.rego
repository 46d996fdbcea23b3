# METADATA
# title: Cognito identity pool that admits guests
# description: >-
#   Everybody on the internet gets AWS credentials of the role for guests, without logging in.
# custom:
#   id: aws/cognito/guests-admitted
#   severity: medium
#   profile: strict
#   resources: [aws_cognito_identity_pool]
#   controls:
#     soc2: [CC6.1, CC6.2]
#     nist-800-53-r5: [IA-2, IA-5]
#     pci-dss-4.0: ['8.3.2']
#     hipaa: ['164.312(d)']
#     iso-27001-2022: [A.8.5]
#   aliases: [CKV_AWS_366]
#   help: Set `allow_unauthenticated_identities = false`, or make sure that the role for guests allows nothing of value.
#   fix: Sets `allow_unauthenticated_identities` to false. Guests are no longer admitted.
package trueline.rules.aws.cognito.guests_admitted

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "allow_unauthenticated_identities",
	"equals": false, "or_unset": true,
	"else": "everybody on the internet gets credentials of a role",
	"effects": [{"kind": "behaviour", "why": "guests are no longer admitted"}],
} if some r in plan.resources("aws_cognito_identity_pool")
