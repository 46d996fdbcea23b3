# METADATA
# title: Image recipe with a disk that is not encrypted
# description: >-
#   The disk of every image that is built by this recipe, and of every instance started from them, is readable by whoever gets at it.
# custom:
#   id: aws/imagebuilder/unencrypted-recipe
#   severity: high
#   profile: baseline
#   resources: [aws_imagebuilder_image_recipe]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   help: >-
#     Set `encrypted = true` in `ebs`. A recipe that exists can't be changed: raise its version.
#   fix: Sets `encrypted`. Unsafe on an existing recipe, which would be replaced.
package trueline.rules.aws.imagebuilder.unencrypted_recipe

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"each": "block_device_mapping.ebs",
	"route": "encrypted",
	"equals": true,
	"else": "disks of images that it builds are not encrypted",
	"effects": [{"kind": "replaces", "why": "an existing recipe can't be changed"}],
} if some r in plan.resources("aws_imagebuilder_image_recipe")
