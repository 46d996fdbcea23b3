# METADATA
# title: Lambda function without a limit of its own
# description: >-
#   All functions of an account share one pool of executions. A function that runs wild or is flooded takes it whole, and the others
#   are turned away.
# custom:
#   id: aws/lambda/function-without-reserved-concurrency
#   severity: low
#   profile: strict
#   resources: [aws_lambda_function]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_115]
#   settings: [aws.lambda.reserved_concurrency]
#   help: Set `reserved_concurrent_executions` to what the function needs at most.
#   fix: >-
#     Sets `reserved_concurrent_executions` to what the settings say. Unsafe on an existing function, whose traffic may be more.
package trueline.rules.aws.lambda.function_without_reserved_concurrency

import rego.v1

import data.trueline.lib.plan
import data.trueline.lib.stated

expect contains {
	"of": r,
	"route": "reserved_concurrent_executions",
	"at_least": 0, "stated": true,
	"else": "it can take every execution that the account has",
	"fix": stated.set(r, "reserved_concurrent_executions", ["lambda", "reserved_concurrency"]),
	"needs": stated.needs(r, ["lambda", "reserved_concurrency"]),
	"effects": effects(r),
} if some r in plan.resources("aws_lambda_function")

effects(r) := [{"kind": "behaviour", "why": "requests beyond the limit are turned away"}] if not r.new

effects(r) := [] if r.new
