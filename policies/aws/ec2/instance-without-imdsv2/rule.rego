# METADATA
# title: Instance whose metadata service answers without a token
# description: >-
#   A program on the instance that fetches addresses given by others can be made to fetch the credentials of the instance's role.
#   Version 2 of the service wants a token that such a request can't get.
# custom:
#   id: aws/ec2/instance-without-imdsv2
#   severity: high
#   profile: baseline
#   resources: [aws_instance, aws_launch_template, aws_launch_configuration]
#   controls:
#     soc2: [CC6.1, CC6.2]
#     cis-aws-3.0: ['5.6']
#     cis-aws-5.0: ['5.7']
#     nist-800-53-r5: [IA-2, IA-5]
#     pci-dss-4.0: ['8.3.2']
#     hipaa: ['164.312(d)']
#     iso-27001-2022: [A.8.5]
#   aliases: [CKV_AWS_79, AVD-AWS-0028, AWS-0028, AVD-AWS-0130, AWS-0130]
#   help: Set `http_tokens = "required"` in `metadata_options`.
#   fix: >-
#     Sets `metadata_options.http_tokens`. Unsafe on what exists: programs that still use version 1 get no credentials any more.
package trueline.rules.aws.ec2.instance_without_imdsv2

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": object.union(r, {"doubt": doubt(r)}),
	"route": "metadata_options.http_tokens",
	"equals": "required",
	"else": "a request that the instance is talked into gets the credentials of its role",
	"unless": {"metadata_options.http_endpoint": "disabled"},
	"effects": effects(r),
} if {
	some type in ["aws_instance", "aws_launch_template", "aws_launch_configuration"]
	some r in plan.resources(type)
}

# What an instance does not say may stand in its launch template.
doubt(r) := "the launch template of the instance may say it" if {
	r.type == "aws_instance"
	not plan.without_blocks(r, "launch_template")
	plan.without_blocks(r, "metadata_options")
}

default doubt(_) := ""

effects(r) := [] if r.new

effects(r) := array.concat(replaced(r), [{"kind": "behaviour", "why": "programs that still use version 1 get no credentials any more"}]) if not r.new

replaced(r) := [{"kind": "replaces", "why": "an existing launch configuration can't be changed"}] if r.type == "aws_launch_configuration"

default replaced(_) := []
