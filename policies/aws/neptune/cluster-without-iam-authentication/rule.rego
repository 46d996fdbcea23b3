# METADATA
# title: Neptune cluster that lets everybody in who reaches it
# description: >-
#   Without IAM authentication Neptune asks nobody who they are: whoever reaches the port may query and change the whole graph.
# custom:
#   id: aws/neptune/cluster-without-iam-authentication
#   severity: medium
#   profile: strict
#   resources: [aws_neptune_cluster]
#   controls:
#     soc2: [CC6.1, CC6.2]
#     nist-800-53-r5: [IA-2, IA-5]
#     pci-dss-4.0: ['8.3.2']
#     hipaa: ['164.312(d)']
#     iso-27001-2022: [A.8.5]
#   aliases: [CKV_AWS_359]
#   help: Set `iam_database_authentication_enabled = true` and let clients sign their requests.
#   fix: Sets `iam_database_authentication_enabled`. Clients that don't sign their requests are refused.
package trueline.rules.aws.neptune.cluster_without_iam_authentication

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "iam_database_authentication_enabled",
	"equals": true,
	"else": "whoever reaches the port may query and change the graph",
	"effects": [{"kind": "behaviour", "why": "clients that don't sign their requests are refused"}],
} if some r in plan.resources("aws_neptune_cluster")
