# METADATA
# title: Image tags that can be moved to other images
# description: >-
#   Who can push can put another image under a tag that was tested and approved, and the next start of a container runs it.
# custom:
#   id: aws/ecr/mutable-tags
#   severity: medium
#   profile: baseline
#   resources: [aws_ecr_repository]
#   controls:
#     soc2: [CC6.8]
#     nist-800-53-r5: [SI-7]
#     hipaa: ['164.312(c)(1)']
#     iso-27001-2022: [A.8.32]
#   aliases: [CKV_AWS_51, AVD-AWS-0031, AWS-0031]
#   help: Set `image_tag_mutability = "IMMUTABLE"`, and give each build a tag of its own.
#   fix: >-
#     Sets `image_tag_mutability`. Unsafe on an existing repository: pushing a tag again, such as `latest`, is refused.
package trueline.rules.aws.ecr.mutable_tags

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "image_tag_mutability",
	"equals": "IMMUTABLE", "or": ["IMMUTABLE_WITH_EXCLUSION"],
	"else": "another image can be put under a tag that is in use",
	"effects": effects(r),
} if some r in plan.resources("aws_ecr_repository")

effects(r) := [{"kind": "behaviour", "why": "pushing a tag that is there already, such as `latest`, is refused"}] if not r.new

effects(r) := [] if r.new
