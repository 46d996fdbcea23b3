# METADATA
# title: Kubernetes API with an address on the internet
# description: >-
#   Even with a list of address ranges the API server is reached over the internet. With the private endpoint alone only those in the
#   VPC, or connected to it, get as far as the login.
# custom:
#   id: aws/eks/public-endpoint
#   severity: medium
#   profile: strict
#   resources: [aws_eks_cluster]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_39, AVD-AWS-0040, AWS-0040]
#   help: >-
#     Set `endpoint_private_access = true` and `endpoint_public_access = false`, once administrators and build machines have a way into
#     the VPC (VPN, Direct Connect, a runner inside). Until then limit `public_access_cidrs`.
package trueline.rules.aws.eks.public_endpoint

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "vpc_config.endpoint_public_access",
	"equals": false,
	"else": "its API has an address on the internet",
	"fix": [],
} if some r in plan.resources("aws_eks_cluster")
