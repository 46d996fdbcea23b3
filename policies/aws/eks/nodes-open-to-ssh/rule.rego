# METADATA
# title: Nodes that everybody may try to log in to
# description: >-
#   With an SSH key and no security groups named, EKS opens port 22 of the nodes to the whole internet.
# custom:
#   id: aws/eks/nodes-open-to-ssh
#   severity: high
#   profile: baseline
#   resources: [aws_eks_node_group]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_100]
#   help: >-
#     Leave `remote_access` out and use Session Manager, or name the security groups that may log in in `source_security_group_ids`.
package trueline.rules.aws.eks.nodes_open_to_ssh

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "remote_access.source_security_group_ids",
	"set": true,
	"else": "EKS opens port 22 of the nodes to the whole internet",
	"when": {"remote_access.ec2_ssh_key": {"set": true}},
	"fix": [],
} if some r in plan.resources("aws_eks_node_group")
