# METADATA
# title: EFS file system that is not encrypted at rest
# description: >-
#   Files are stored in plain form, so that no permission on a key stands between them and somebody who gets at the storage.
# custom:
#   id: aws/efs/unencrypted-file-system
#   severity: high
#   profile: baseline
#   resources: [aws_efs_file_system]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_42, AVD-AWS-0037, AWS-0037]
#   help: Set `encrypted = true`.
#   fix: Sets `encrypted`. An existing file system would be replaced by an empty one.
package trueline.rules.aws.efs.unencrypted_file_system

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "encrypted",
	"equals": true,
	"else": "files are stored in plain form",
	"effects": [{"kind": "replaces", "why": "encryption can be chosen only when a file system is made: it would be replaced by an empty one"}],
} if some r in plan.resources("aws_efs_file_system")
