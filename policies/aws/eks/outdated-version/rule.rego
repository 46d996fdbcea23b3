# METADATA
# title: EKS cluster with a version of Kubernetes that is no longer maintained
# description: >-
#   Holes in this version are repaired by nobody, and AWS moves the cluster to a newer one at a time of its own choosing.
# custom:
#   id: aws/eks/outdated-version
#   severity: medium
#   profile: baseline
#   resources: [aws_eks_cluster]
#   controls:
#     soc2: [CC7.1]
#     nist-800-53-r5: [CM-3, SI-7]
#     iso-27001-2022: [A.8.32]
#   aliases: [CKV_AWS_339]
#   help: Move to a maintained version, one minor version at a time, after looking for APIs that were taken away.
package trueline.rules.aws.eks.outdated_version

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "version",
	"never": "^1[.]([0-9]|1[0-9]|2[0-9]|30)$",
	"else": "holes in this version are repaired by nobody",
	"fix": [],
	"what": "the version is maintained",
} if some r in plan.resources("aws_eks_cluster")
