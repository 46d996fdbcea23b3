# METADATA
# title: RDS instance in a single availability zone
# description: >-
#   When the zone or the host fails, or during maintenance, the database is away until somebody restores it elsewhere. A standby in a
#   second zone takes over within a minute or two.
# custom:
#   id: aws/rds/instance-without-multi-az
#   severity: low
#   profile: strict
#   resources: [aws_db_instance]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_157]
#   help: Set `multi_az = true`.
#   fix: Sets `multi_az`. A standby costs as much as the instance.
package trueline.rules.aws.rds.instance_without_multi_az

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "multi_az",
	"equals": true,
	"else": "nothing takes over when its availability zone fails",
	"unless": {"replicate_source_db": {"set": true}},
	"effects": [{"kind": "cost", "why": "the standby costs as much as the instance itself"}],
} if some r in plan.resources("aws_db_instance")
