# METADATA
# title: Kubernetes API that everybody on the internet can reach
# description: >-
#   A hole in the API server or a leaked token is all that anybody needs to get into the cluster. With a list of address ranges only
#   known networks can try.
# custom:
#   id: aws/eks/endpoint-open-to-all
#   severity: critical
#   profile: baseline
#   resources: [aws_eks_cluster]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_38, AVD-AWS-0041, AWS-0041]
#   settings: [aws.admin_cidrs]
#   help: >-
#     Name the ranges that administrators and build machines come from in `public_access_cidrs`, or set `endpoint_public_access =
#     false`.
#   fix: >-
#     Sets `public_access_cidrs` to the ranges that the settings name. Unsafe always: whoever comes from elsewhere is turned away.
package trueline.rules.aws.eks.endpoint_open_to_all

import rego.v1

import data.trueline.lib.plan
import data.trueline.lib.stated

expect contains object.union(common(r), {"set": true, "stated": true}) if some r in plan.resources("aws_eks_cluster")

expect contains object.union(common(r), {"never": `^(0[.]0[.]0[.]0|::)/0$`}) if some r in plan.resources("aws_eks_cluster")

common(r) := {
	"of": r,
	"route": "vpc_config.public_access_cidrs",
	"else": "everybody on the internet can reach the API of this cluster",
	"what": "only some networks can reach the API",
	"unless": {"vpc_config.endpoint_public_access": false},
	"fix": stated.set(r, "vpc_config[0].public_access_cidrs", ["admin_cidrs"]),
	"needs": stated.needs(r, ["admin_cidrs"]),
	"effects": [{"kind": "behaviour", "why": "whoever comes from another network is turned away"}],
}
