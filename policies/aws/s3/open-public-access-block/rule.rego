# METADATA
# title: Public access block that lets something through
# description: >-
#   Each of its four arguments closes another way by which a bucket becomes public: new ACLs, existing ACLs, new policies, existing
#   policies. One that is left open is enough.
# custom:
#   id: aws/s3/open-public-access-block
#   severity: high
#   profile: baseline
#   resources: [aws_s3_bucket_public_access_block]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     cis-aws-3.0: ['2.1.4']
#     cis-aws-5.0: ['2.1.4']
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV_AWS_53, CKV_AWS_54, CKV_AWS_55, CKV_AWS_56, AVD-AWS-0086, AWS-0086, AVD-AWS-0087, AWS-0087, AVD-AWS-0091, AWS-0091, AVD-AWS-0093, AWS-0093]
#   help: Set all four arguments to true.
#   fix: Sets them. Unsafe on an existing bucket, of which nobody knows who reads it.
package trueline.rules.aws.s3.open_public_access_block

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": route,
	"equals": true,
	"else": follows,
	"effects": effects(r),
} if {
	some r in plan.resources("aws_s3_bucket_public_access_block")
	some route, follows in {
		"block_public_acls": "new ACLs can make the bucket public",
		"block_public_policy": "a new policy can make the bucket public",
		"ignore_public_acls": "ACLs that are there can make the bucket public",
		"restrict_public_buckets": "a policy that is there can make the bucket public",
	}
}

effects(r) := [] if r.new

effects(r) := [{"kind": "behaviour", "why": "who reads the existing bucket is not known"}] if not r.new
