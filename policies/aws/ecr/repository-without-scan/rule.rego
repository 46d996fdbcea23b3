# METADATA
# title: Images are not searched for known holes
# description: >-
#   Nobody is told that an image holds a library with a known hole. A scan on push lists them before the image runs.
# custom:
#   id: aws/ecr/repository-without-scan
#   severity: medium
#   profile: baseline
#   resources: [aws_ecr_repository]
#   controls:
#     soc2: [CC7.1]
#     nist-800-53-r5: [CM-3, SI-7]
#     iso-27001-2022: [A.8.32]
#   aliases: [CKV_AWS_163, AVD-AWS-0030, AWS-0030]
#   help: Set `scan_on_push = true` in `image_scanning_configuration`.
#   fix: Sets `scan_on_push`. Basic scans cost nothing.
package trueline.rules.aws.ecr.repository_without_scan

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "image_scanning_configuration.scan_on_push",
	"equals": true,
	"else": "known holes in its images are noticed by nobody",
} if some r in plan.resources("aws_ecr_repository")
