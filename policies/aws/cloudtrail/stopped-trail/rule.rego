# METADATA
# title: CloudTrail trail that records nothing
# description: >-
#   The trail is there and looks as if it recorded, but its logging is switched off.
# custom:
#   id: aws/cloudtrail/stopped-trail
#   severity: high
#   profile: baseline
#   resources: [aws_cloudtrail]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_251]
#   help: Remove `enable_logging`, or set it to true.
#   fix: Sets `enable_logging`.
package trueline.rules.aws.cloudtrail.stopped_trail

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "enable_logging",
	"equals": true, "or_unset": true,
	"else": "nothing that happens in the account is recorded by it",
} if some r in plan.resources("aws_cloudtrail")
