# METADATA
# title: Clusters of EMR may be opened to the whole internet
# description: >-
#   With the block on, EMR refuses to start a cluster whose security group lets everybody in. Without it one mistaken rule is enough.
# custom:
#   id: aws/emr/public-access-not-blocked
#   severity: high
#   profile: baseline
#   resources: [aws_emr_block_public_access_configuration]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_390]
#   help: Set `block_public_security_group_rules = true`.
#   fix: Sets `block_public_security_group_rules`. Running clusters are left alone.
package trueline.rules.aws.emr.public_access_not_blocked

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "block_public_security_group_rules",
	"equals": true,
	"else": "clusters with open security groups are started",
} if some r in plan.resources("aws_emr_block_public_access_configuration")
