# METADATA
# title: EFS access point that shows the whole file system
# description: >-
#   Whoever mounts this access point sees every directory of the file system, also those of other applications.
# custom:
#   id: aws/efs/access-point-for-whole-file-system
#   severity: medium
#   profile: strict
#   resources: [aws_efs_access_point]
#   controls:
#     soc2: [CC6.1, CC6.3]
#     nist-800-53-r5: [AC-3, AC-6]
#     pci-dss-4.0: ['7.2.1', '7.2.2']
#     hipaa: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.2]
#   aliases: [CKV_AWS_329]
#   help: Name the directory of the application in `root_directory`, with `creation_info` for one that is not there yet.
package trueline.rules.aws.efs.access_point_for_whole_file_system

import rego.v1

import data.trueline.lib.plan

expect contains object.union(common(r), {"set": true}) if some r in plan.resources("aws_efs_access_point")

expect contains object.union(common(r), {"not_in": ["/"]}) if some r in plan.resources("aws_efs_access_point")

common(r) := {
	"of": r,
	"route": "root_directory.path",
	"else": "clients see every directory of the file system",
	"what": "clients see one directory only",
	"fix": [],
}
