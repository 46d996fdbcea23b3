# METADATA
# title: Glue job or crawler without a security configuration
# description: >-
#   What it writes to S3, its logs and its bookmarks are encrypted only as the places happen to be set up.
# custom:
#   id: aws/glue/component-without-security-configuration
#   severity: medium
#   profile: strict
#   resources: [aws_glue_job, aws_glue_crawler, aws_glue_dev_endpoint]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_195]
#   help: Make an `aws_glue_security_configuration` that encrypts all three with a key, and name it in `security_configuration`.
package trueline.rules.aws.glue.component_without_security_configuration

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "security_configuration",
	"set": true,
	"else": "its output, logs and bookmarks are encrypted only as the places happen to be set up",
	"fix": [],
} if {
	some type in ["aws_glue_job", "aws_glue_crawler", "aws_glue_dev_endpoint"]
	some r in plan.resources(type)
}
