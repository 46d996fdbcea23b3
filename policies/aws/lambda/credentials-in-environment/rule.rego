# METADATA
# title: Credentials in the environment of a Lambda function
# description: >-
#   Everybody who may read the function's configuration, the state or the repository has these credentials, and nobody notices when
#   they are used.
# custom:
#   id: aws/lambda/credentials-in-environment
#   severity: high
#   profile: baseline
#   resources: [aws_lambda_function]
#   controls:
#     soc2: [CC6.1, CC6.2]
#     nist-800-53-r5: [IA-2, IA-5]
#     pci-dss-4.0: ['8.3.2']
#     hipaa: ['164.312(d)']
#     iso-27001-2022: [A.8.5]
#   aliases: [CKV_AWS_45]
#   help: >-
#     Store the secret in Secrets Manager or as a SecureString parameter, hand its name to the function, and let the function read it.
#     What stood in the source has to be replaced by a new secret.
package trueline.rules.aws.lambda.credentials_in_environment

import rego.v1

import data.trueline.lib.credentials
import data.trueline.lib.plan

# A name that says so, with a value that is written.
deny contains {
	"address": r.address,
	"route": route(name),
	"msg": sprintf("`%s` in the environment holds a secret: everybody who may read the configuration has it", [name]),
} if {
	some r in plan.resources("aws_lambda_function")
	some variables in written(r)
	some name, value in variables
	credentials.names_secret(name)
	is_string(value)
	value != ""
	not regex.match(`^(arn:|/|https?://|alias/)`, value)
	not credentials.held(value)
}

deny contains {
	"address": r.address,
	"route": route(name),
	"msg": sprintf("`%s` in the environment holds %s: everybody who may read the configuration has it", [name, credentials.held(value)]),
} if {
	some r in plan.resources("aws_lambda_function")
	some variables in written(r)
	some name, value in variables
	is_string(value)
	credentials.held(value)
}

unknown contains {
	"address": r.address,
	"route": at,
	"msg": sprintf("whether a secret stands in the environment can't be decided: %s", [found.why]),
	"why": found.why,
} if {
	some r in plan.resources("aws_lambda_function")
	some at, found in r.unknown
	open(at)
	not found.reason in {"unset", "computed", "plan"}
}

# Unknown as a whole, or a value whose name says that it is a secret.
open("environment")

open("environment[0]")

open("environment[0].variables")

open(at) if {
	startswith(at, "environment[0].variables")
	credentials.names_secret(regex.replace(trim_prefix(at, "environment[0].variables"), `^[.\["]+|["\]]+$`, ""))
}

written(r) := [block.variables | some block in plan.elements(r.values, "environment"); is_object(block.variables)]

route(name) := sprintf("environment[0].variables%s", [plan.step(name)])
