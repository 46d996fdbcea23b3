# METADATA
# title: Lambda function whose failed events are lost
# description: >-
#   An event that the function failed to handle is tried twice more and then thrown away. With a queue or topic for them somebody can
#   see what was lost and handle it again.
# custom:
#   id: aws/lambda/function-without-dead-letter-queue
#   severity: low
#   profile: strict
#   resources: [aws_lambda_function]
#   controls:
#     soc2: [A1.2]
#     nist-800-53-r5: [CP-10, SC-5]
#     iso-27001-2022: [A.8.13]
#   aliases: [CKV_AWS_116]
#   settings: [aws.lambda.dead_letter_arn]
#   help: Name a queue or topic in `dead_letter_config.target_arn`, and let the function's role send to it.
#   fix: >-
#     Sets `dead_letter_config` to the target that the settings name. Unsafe where the function's role is not seen to be allowed to
#     send there, since Lambda refuses the setting then.
package trueline.rules.aws.lambda.function_without_dead_letter_queue

import rego.v1

import data.trueline.lib.plan
import data.trueline.lib.roles
import data.trueline.lib.stated

expect contains {
	"of": r,
	"route": "dead_letter_config.target_arn",
	"set": true,
	"else": "events that it failed to handle are thrown away",
	"fix": stated.set(r, "dead_letter_config[0].target_arn", ["lambda", "dead_letter_arn"]),
	"needs": stated.needs(r, ["lambda", "dead_letter_arn"]),
	"effects": roles.effects(r, "role", ["sqs:sendmessage", "sns:publish"], ["AmazonSQSFullAccess", "AmazonSNSFullAccess"], "the role of the function has to be allowed to send there (`sqs:SendMessage` or `sns:Publish`), or Lambda refuses it"),
} if some r in plan.resources("aws_lambda_function")
