# METADATA
# title: Lambda function with a runtime that is no longer maintained
# description: >-
#   AWS repairs no more holes in this runtime. After a while functions with it can be neither made nor updated, not even to mend them.
# custom:
#   id: aws/lambda/deprecated-runtime
#   severity: medium
#   profile: baseline
#   resources: [aws_lambda_function]
#   controls:
#     soc2: [CC7.1]
#     nist-800-53-r5: [CM-3, SI-7]
#     iso-27001-2022: [A.8.32]
#   aliases: [CKV_AWS_363]
#   help: Choose a runtime that AWS maintains, and test the code with it.
package trueline.rules.aws.lambda.deprecated_runtime

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "runtime",
	"not_in": ["dotnet5.0", "dotnet6", "dotnet7", "dotnetcore1.0", "dotnetcore2.0", "dotnetcore2.1", "dotnetcore3.1", "go1.x", "java8", "nodejs", "nodejs10.x", "nodejs12.x", "nodejs14.x", "nodejs16.x", "nodejs18.x", "nodejs20.x", "nodejs4.3", "nodejs4.3-edge", "nodejs6.10", "nodejs8.10", "provided", "python2.7", "python3.10", "python3.6", "python3.7", "python3.8", "python3.9", "ruby2.5", "ruby2.7", "ruby3.2"],
	"else": "AWS repairs no more holes in this runtime",
	"fix": [],
	"what": "the runtime is maintained",
} if some r in plan.resources("aws_lambda_function")
