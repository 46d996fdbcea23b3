# METADATA
# title: CloudTrail trail that watches one region only
# description: >-
#   What somebody does in a region that nobody uses is not recorded, and that is where stolen credentials are put to use.
# custom:
#   id: aws/cloudtrail/trail-of-one-region
#   severity: medium
#   profile: baseline
#   resources: [aws_cloudtrail]
#   controls:
#     soc2: [CC7.2]
#     cis-aws-3.0: ['3.1']
#     cis-aws-5.0: ['3.1']
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_67, AVD-AWS-0014, AWS-0014]
#   help: Set `is_multi_region_trail = true`.
#   fix: Sets `is_multi_region_trail`. A second copy of management events is paid for.
package trueline.rules.aws.cloudtrail.trail_of_one_region

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "is_multi_region_trail",
	"equals": true,
	"else": "what happens in other regions is not recorded",
	"effects": [{"kind": "cost", "why": "events that another trail records too are paid for"}],
} if some r in plan.resources("aws_cloudtrail")
