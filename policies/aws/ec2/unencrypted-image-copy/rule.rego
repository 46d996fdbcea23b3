# METADATA
# title: Copy of an image without encryption
# description: >-
#   The snapshots behind the copy, and the disks of every instance started from it, are readable by whoever gets at them.
# custom:
#   id: aws/ec2/unencrypted-image-copy
#   severity: high
#   profile: baseline
#   resources: [aws_ami_copy]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_235]
#   help: Set `encrypted = true`.
#   fix: Sets `encrypted`. Unsafe on an existing copy, which would be replaced.
package trueline.rules.aws.ec2.unencrypted_image_copy

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "encrypted",
	"equals": true,
	"else": "the disks of this image are not encrypted",
	"effects": [{"kind": "replaces", "why": "an existing copy can't be encrypted"}],
} if some r in plan.resources("aws_ami_copy")
