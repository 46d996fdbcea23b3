# METADATA
# title: Credentials in the user data of an instance
# description: >-
#   User data can be read by everybody who may describe the instance, by every program on it, and in the state and repository. Nobody
#   notices when the credentials are used.
# custom:
#   id: aws/ec2/credentials-in-user-data
#   severity: high
#   profile: baseline
#   resources: [aws_instance, aws_launch_template, aws_launch_configuration]
#   controls:
#     soc2: [CC6.1, CC6.2]
#     nist-800-53-r5: [IA-2, IA-5]
#     pci-dss-4.0: ['8.3.2']
#     hipaa: ['164.312(d)']
#     iso-27001-2022: [A.8.5]
#   aliases: [CKV_AWS_46, AVD-AWS-0029, AWS-0029, AVD-AWS-0122, AWS-0122, AVD-AWS-0129, AWS-0129]
#   help: >-
#     Give the instance a role for what it does in AWS, and let it read other secrets from Secrets Manager or Parameter Store when it
#     starts. What stood in the source has to be replaced.
package trueline.rules.aws.ec2.credentials_in_user_data

import rego.v1

import data.trueline.lib.credentials
import data.trueline.lib.plan

deny contains {
	"address": r.address,
	"route": text.route,
	"msg": sprintf("`%s` holds %s: everybody who may describe the instance has it", [text.route, credentials.held(text.text)]),
} if {
	some type in types
	some r in plan.resources(type)
	some text in texts(r)
	credentials.held(text.text)
}

unknown contains plan.undecided(r, at, "credentials stand in the user data") if {
	some type in types
	some r in plan.resources(type)
	some at in ["user_data", "user_data_base64"]
	r.unknown[at]
	not r.unknown[at].reason in {"unset", "computed", "plan"}
}

types := ["aws_instance", "aws_launch_template", "aws_launch_configuration"]

texts(r) := [{"route": at, "text": decoded(r.values[at])} |
	some at in ["user_data", "user_data_base64"]
	is_string(r.values[at])
]

decoded(text) := base64.decode(text) if base64.is_valid(text)

decoded(text) := text if not base64.is_valid(text)
