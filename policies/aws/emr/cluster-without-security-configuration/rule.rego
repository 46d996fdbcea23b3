# METADATA
# title: EMR cluster without a security configuration
# description: >-
#   Data on the cluster's disks and between its nodes is not encrypted: a security configuration is the only place that says so.
# custom:
#   id: aws/emr/cluster-without-security-configuration
#   severity: high
#   profile: baseline
#   resources: [aws_emr_cluster]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV2_AWS_55]
#   help: >-
#     Write an `aws_emr_security_configuration` with encryption at rest and in transit, and name it in `security_configuration`. An
#     existing cluster is replaced by that.
package trueline.rules.aws.emr.cluster_without_security_configuration

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "security_configuration",
	"set": true,
	"else": "its data is encrypted neither on disks nor between nodes",
	"fix": [],
} if some r in plan.resources("aws_emr_cluster")
