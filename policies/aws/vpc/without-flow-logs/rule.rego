# METADATA
# title: VPC without flow logs
# description: >-
#   Which connections were made, and which were refused, can't be told afterwards: neither an intrusion nor a wrong rule leaves a
#   trace.
# custom:
#   id: aws/vpc/without-flow-logs
#   severity: medium
#   profile: strict
#   resources: [aws_vpc]
#   controls:
#     soc2: [CC7.2]
#     cis-aws-3.0: ['3.7']
#     cis-aws-5.0: ['3.7']
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV2_AWS_11, AVD-AWS-0178, AWS-0178]
#   settings: [aws.flow_log_bucket_arn]
#   help: Add an `aws_flow_log` with `traffic_type = "ALL"` that writes to a bucket or a log group.
#   fix: Adds one that records all traffic in the bucket that the settings name.
package trueline.rules.aws.vpc.without_flow_logs

import rego.v1

import data.trueline.lib.plan
import data.trueline.lib.stated

expect contains {
	"of": r,
	"companion": "aws_flow_log",
	"link": {"vpc_id": "id"},
	"else": "connections in this network are not recorded",
	"what": "connections in this network are recorded",
	"fix": record(r),
	"needs": stated.needs(r, ["flow_log_bucket_arn"]),
	"effects": [{"kind": "cost", "why": "the records are paid for"}],
} if some r in plan.resources("aws_vpc")

record(r) := [{"ensure": "aws_flow_log", "link": {"vpc_id": "id"}, "set": {
	"log_destination": stated.value(r, ["flow_log_bucket_arn"]),
	"log_destination_type": "s3",
	"traffic_type": "ALL",
}}]

default record(_) := []
