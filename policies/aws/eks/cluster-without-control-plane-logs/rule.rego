# METADATA
# title: EKS cluster whose control plane is not logged
# description: >-
#   Who created, changed or read what in the cluster, and which logins were refused, is recorded nowhere: a break-in can't be traced.
# custom:
#   id: aws/eks/cluster-without-control-plane-logs
#   severity: medium
#   profile: strict
#   resources: [aws_eks_cluster]
#   controls:
#     soc2: [CC7.2]
#     nist-800-53-r5: [AU-2, AU-3, AU-12]
#     pci-dss-4.0: ['10.2.1']
#     hipaa: ['164.312(b)']
#     iso-27001-2022: [A.8.15]
#   aliases: [CKV_AWS_37, AVD-AWS-0038, AWS-0038]
#   help: >-
#     Set `enabled_cluster_log_types` to all five: "api", "audit", "authenticator", "controllerManager", "scheduler".
#   fix: Adds the types that are missing. CloudWatch Logs charges for what it takes in.
package trueline.rules.aws.eks.cluster_without_control_plane_logs

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "enabled_cluster_log_types",
	"includes": ["api", "audit", "authenticator", "controllerManager", "scheduler"],
	"else": "what is done in the cluster is not recorded in full",
	"effects": [{"kind": "cost", "why": "CloudWatch Logs charges for what it takes in"}],
} if some r in plan.resources("aws_eks_cluster")
