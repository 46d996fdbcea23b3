# METADATA
# title: Image with a disk that is not encrypted
# description: >-
#   The disk of every instance that is started from this image is readable by whoever gets at it or its snapshots.
# custom:
#   id: aws/ec2/unencrypted-image
#   severity: high
#   profile: baseline
#   resources: [aws_ami]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_204]
#   help: Set `encrypted = true` on every block device that is not made from a snapshot.
#   fix: Sets `encrypted`. Unsafe on an existing image, which would be replaced.
package trueline.rules.aws.ec2.unencrypted_image

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"each": "ebs_block_device",
	"route": "encrypted",
	"equals": true,
	"else": "this disk of the image is not encrypted",
	"when": {"snapshot_id": {"absent": true}},
	"effects": [{"kind": "replaces", "why": "the disks of an existing image can't be changed"}],
} if some r in plan.resources("aws_ami")
