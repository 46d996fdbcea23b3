# METADATA
# title: Lambda permission for a service on behalf of anybody
# description: >-
#   The service may call the function for any of its customers: somebody else's bucket, rule or API can trigger it. The ARN of the
#   source, or its account, says for whom.
# custom:
#   id: aws/lambda/permission-without-source
#   severity: medium
#   profile: baseline
#   resources: [aws_lambda_permission]
#   controls:
#     soc2: [CC6.1, CC6.3]
#     nist-800-53-r5: [AC-3, AC-6]
#     pci-dss-4.0: ['7.2.1', '7.2.2']
#     hipaa: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.2]
#   aliases: [CKV_AWS_364, AVD-AWS-0067, AWS-0067]
#   help: Set `source_arn` to the bucket, rule, topic or API that calls the function; for S3 set `source_account` too.
package trueline.rules.aws.lambda.permission_without_source

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "source_arn",
	"set": true,
	"else": "the service may call the function for every account",
	"when": {"principal": {"matches": "^[a-z0-9.-]+[.]amazonaws[.]com([.]cn)?$"}},
	"unless": {"source_account": {"set": true}, "principal_org_id": {"set": true}, "event_source_token": {"set": true}},
	"fix": [],
	"what": "it is said for whom the service may call the function",
} if some r in plan.resources("aws_lambda_permission")
