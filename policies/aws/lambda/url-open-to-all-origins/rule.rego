# METADATA
# title: Lambda URL that scripts of every website may call
# description: >-
#   A page of anybody can make the browsers of its visitors call the function and read the answer. Naming the sites that are meant
#   takes that away.
# custom:
#   id: aws/lambda/url-open-to-all-origins
#   severity: medium
#   profile: baseline
#   resources: [aws_lambda_function_url]
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-21, SC-7]
#     pci-dss-4.0: ['1.3.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases: [CKV2_AWS_75]
#   help: Name the origins that are meant, e.g. `allow_origins = ["https://www.example.com"]`.
package trueline.rules.aws.lambda.url_open_to_all_origins

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"each": "cors",
	"route": "allow_origins",
	"never": "^[*]$",
	"else": "scripts of every website may call the function and read what it answers",
	"fix": [],
	"what": "only some websites may call the function",
} if some r in plan.resources("aws_lambda_function_url")
