# METADATA
# title: Load balancer that logs no requests
# description: >-
#   Who called what, from where and with which result is recorded nowhere: neither an attack nor an error can be traced afterwards.
# custom:
#   id: aws/elb/balancer-without-access-logs
#   severity: medium
#   profile: strict
#   resources: [aws_lb, aws_alb]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_91]
#   settings: [aws.alb_log_bucket]
#   help: Set `enabled = true` and a bucket in `access_logs`. The bucket has to let the log delivery of load balancers write.
#   fix: Sets `access_logs` to the bucket that the settings name.
package trueline.rules.aws.elb.balancer_without_access_logs

import rego.v1

import data.trueline.lib.plan
import data.trueline.lib.stated

expect contains {
	"of": r,
	"route": "access_logs.enabled",
	"equals": true,
	"else": "who called it is recorded nowhere",
	"unless": {"load_balancer_type": "gateway"},
	"fix": operations(r),
	"needs": needs(r),
	"effects": [{"kind": "cost", "why": "the logs are stored"}],
} if {
	some type in ["aws_lb", "aws_alb"]
	some r in plan.resources(type)
}

operations(r) := [{"set": "access_logs[0].enabled", "value": true}] if names_bucket(r)

operations(r) := array.concat(stated.set(r, "access_logs[0].bucket", ["alb_log_bucket"]), [{"set": "access_logs[0].enabled", "value": true}]) if {
	not names_bucket(r)
	count(stated.needs(r, ["alb_log_bucket"])) == 0
}

default operations(_) := []

needs(r) := [] if names_bucket(r)

needs(r) := stated.needs(r, ["alb_log_bucket"]) if not names_bucket(r)

# A bucket is written already.
names_bucket(r) if {
	some block in plan.elements(r.values, "access_logs")
	plan.given(r, "access_logs[0].bucket", object.get(block, "bucket", null))
}

names_bucket(r) if r.unknown["access_logs[0].bucket"]
