# METADATA
# title: Instance whose disks share its network
# description: >-
#   Without a way of their own to the disks, network traffic slows the disks down and the other way round. Newer types always have one;
#   older ones only where it is asked for.
# custom:
#   id: aws/ec2/instance-without-ebs-optimization
#   severity: low
#   profile: strict
#   resources: [aws_instance]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_135]
#   help: Set `ebs_optimized = true`.
#   fix: Sets `ebs_optimized`. Unsafe on an existing instance, which would be replaced.
package trueline.rules.aws.ec2.instance_without_ebs_optimization

import rego.v1

import data.trueline.lib.plan

# Types that can have no way of their own to the disks are not asked.
expect contains {
	"of": r,
	"route": "ebs_optimized",
	"equals": true,
	"else": "it says nothing of a way of its own to the disks",
	"when": {"instance_type": {"never": "^(t1[.]|t2[.]|m1[.](small|medium)|m2[.]xlarge|c1[.]medium|m3[.](medium|large)|c3[.](large|8xlarge)|r3[.](large|8xlarge)|i2[.]8xlarge|cc2[.]|cr1[.]|hs1[.]|g2[.]8xlarge)"}},
	"effects": [{"kind": "replaces", "why": "it can't be changed on an existing instance"}],
} if some r in plan.resources("aws_instance")
