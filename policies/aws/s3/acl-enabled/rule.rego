# METADATA
# title: S3 bucket in which ACLs count
# description: >-
#   With ACLs every object may have an owner and readers of its own, which no policy of the bucket shows. `BucketOwnerEnforced`
#   switches them off.
# custom:
#   id: aws/s3/acl-enabled
#   severity: low
#   profile: strict
#   resources: [aws_s3_bucket_ownership_controls]
#   controls:
#     soc2: [CC6.1, CC6.3]
#     nist-800-53-r5: [AC-3, AC-6]
#     pci-dss-4.0: ['7.2.1', '7.2.2']
#     hipaa: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.2]
#   aliases: [CKV2_AWS_65]
#   help: Set `object_ownership = "BucketOwnerEnforced"`; who writes with an ACL is refused then.
#   fix: >-
#     Sets `BucketOwnerEnforced`. Unsafe: who writes with an ACL is refused then.
package trueline.rules.aws.s3.acl_enabled

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "rule.object_ownership",
	"equals": "BucketOwnerEnforced",
	"else": "each object may have readers that no policy shows",
	"effects": [{"kind": "behaviour", "why": "requests that set an ACL are refused"}],
} if some r in plan.resources("aws_s3_bucket_ownership_controls")
