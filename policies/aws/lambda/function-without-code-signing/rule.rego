# METADATA
# title: Lambda function that runs code of anybody who may upload it
# description: >-
#   Whoever can update the function can put any code into it. With a code signing configuration Lambda takes only packages that a
#   trusted publisher signed.
# custom:
#   id: aws/lambda/function-without-code-signing
#   severity: low
#   profile: strict
#   resources: [aws_lambda_function]
#   controls:
#     soc2: [CC6.8]
#     nist-800-53-r5: [SI-7]
#     hipaa: ['164.312(c)(1)']
#     iso-27001-2022: [A.8.32]
#   aliases: [CKV_AWS_272]
#   settings: [aws.lambda.code_signing_config_arn]
#   help: Name a code signing configuration in `code_signing_config_arn`, and sign what is uploaded.
#   fix: >-
#     Sets `code_signing_config_arn` to the one that the settings name. Unsafe always: packages that are not signed are refused then.
package trueline.rules.aws.lambda.function_without_code_signing

import rego.v1

import data.trueline.lib.plan
import data.trueline.lib.stated

expect contains {
	"of": r,
	"route": "code_signing_config_arn",
	"set": true,
	"else": "who built its code is not checked",
	"unless": {"package_type": "Image"},
	"fix": stated.set(r, "code_signing_config_arn", ["lambda", "code_signing_config_arn"]),
	"needs": stated.needs(r, ["lambda", "code_signing_config_arn"]),
	"effects": [{"kind": "behaviour", "why": "packages that no trusted publisher signed are refused"}],
} if some r in plan.resources("aws_lambda_function")
