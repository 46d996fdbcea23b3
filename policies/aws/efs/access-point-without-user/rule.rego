# METADATA
# title: EFS access point that trusts the user of its clients
# description: >-
#   Clients say themselves which user they are, also root; whoever controls one may read and write the files of all.
# custom:
#   id: aws/efs/access-point-without-user
#   severity: medium
#   profile: strict
#   resources: [aws_efs_access_point]
#   controls:
#     soc2: [CC6.1, CC6.3]
#     nist-800-53-r5: [AC-3, AC-6]
#     pci-dss-4.0: ['7.2.1', '7.2.2']
#     hipaa: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.2]
#   aliases: [CKV_AWS_330]
#   help: Add a `posix_user` block with the user and group that files are read and written as.
package trueline.rules.aws.efs.access_point_without_user

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "posix_user.gid",
	"set": true,
	"else": "clients say themselves which user they are",
	"fix": [],
} if some r in plan.resources("aws_efs_access_point")
