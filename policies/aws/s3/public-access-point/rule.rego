# METADATA
# title: S3 access point that may become public
# description: >-
#   A policy of the access point can open the bucket's objects to everybody, unless its public access block refuses that. It can't be
#   changed later.
# custom:
#   id: aws/s3/public-access-point
#   severity: medium
#   profile: baseline
#   resources: [aws_s3_access_point]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   help: Leave `public_access_block_configuration` out, which means all four are true, or set them to true.
#   fix: Sets what is false to true. Unsafe on an existing access point, which would be replaced.
package trueline.rules.aws.s3.public_access_point

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"each": "public_access_block_configuration",
	"route": route,
	"equals": true,
	"else": "a policy can open the access point to everybody",
	"effects": [{"kind": "replaces", "why": "the block of an existing access point can't be changed: it would be replaced"}],
} if {
	some r in plan.resources("aws_s3_access_point")
	some route in ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
}
