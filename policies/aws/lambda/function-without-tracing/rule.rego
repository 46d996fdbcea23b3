# METADATA
# title: Lambda function whose requests are not traced
# description: >-
#   When a request is slow or fails, nothing shows which of the services behind the function was to blame. X-Ray records the way of a
#   request through all of them.
# custom:
#   id: aws/lambda/function-without-tracing
#   severity: low
#   profile: strict
#   resources: [aws_lambda_function]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [CA-7, SI-4]
#     iso-27001-2022: [A.8.16]
#   aliases: [CKV_AWS_50, AVD-AWS-0066, AWS-0066]
#   help: Set `mode = "Active"` in `tracing_config`, and let the function's role write traces (`AWSXRayDaemonWriteAccess`).
#   fix: >-
#     Sets `tracing_config.mode`. Unsafe where the function's role is not seen to be allowed to write traces, since Lambda refuses the
#     setting then.
package trueline.rules.aws.lambda.function_without_tracing

import rego.v1

import data.trueline.lib.plan
import data.trueline.lib.roles

expect contains {
	"of": r,
	"route": "tracing_config.mode",
	"equals": "Active",
	"else": "where its requests spend their time is not recorded",
	"effects": array.concat([{"kind": "cost", "why": "traces are paid for by their number"}], roles.effects(r, "role", ["xray:puttracesegments"], ["AWSXRayDaemonWriteAccess", "AWSXrayWriteOnlyAccess", "AWSXrayFullAccess"], "the role of the function has to be allowed `xray:PutTraceSegments`, or Lambda refuses it")),
} if some r in plan.resources("aws_lambda_function")
