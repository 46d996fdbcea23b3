# METADATA
# title: Redshift cluster without audit log
# description: >-
#   Who connected and which statements ran is kept on the cluster for a few days only, and gone with it. After an intrusion nothing is
#   left to look at.
# custom:
#   id: aws/redshift/cluster-without-audit-log
#   severity: medium
#   profile: strict
#   resources: [aws_redshift_cluster]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_71]
#   help: >-
#     Add an `aws_redshift_logging` resource that sends the logs to CloudWatch Logs or to a bucket. `useractivitylog` needs
#     `enable_user_activity_logging` in the parameter group.
#   fix: >-
#     Adds a `logging` block that sends the logs to CloudWatch Logs, which charges for what it takes in. Version 6 of the provider has no
#     such block: there the resource has to be written by hand.
package trueline.rules.aws.redshift.cluster_without_audit_log

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"companion": "aws_redshift_logging",
	"link": {"cluster_identifier": "id"},
	"else": "who connected and what ran is not kept",
	"unless": {"logging.enable": true},
	"fix": [
		{"set": "logging[0].enable", "value": true},
		{"set": "logging[0].log_destination_type", "value": "cloudwatch"},
		{"set": "logging[0].log_exports", "value": ["connectionlog", "userlog", "useractivitylog"]},
	],
	"effects": [{"kind": "cost", "why": "CloudWatch Logs charges for what it takes in"}],
} if some r in plan.resources("aws_redshift_cluster")
