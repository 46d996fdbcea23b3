# METADATA
# title: Security group that lets everybody reach port 80
# description: >-
#   Everybody on the internet may reach whatever listens on port 80, and talks to it unencrypted. That is right for a load balancer
#   that redirects to HTTPS, and seldom for anything else.
# custom:
#   id: aws/vpc/http-from-anywhere
#   severity: low
#   profile: baseline
#   resources: [aws_security_group, aws_security_group_rule, aws_vpc_security_group_ingress_rule]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_260]
#   help: >-
#     If this is a load balancer's group, keep the port for the redirect to HTTPS and say so with a waiver. Else let in only the load
#     balancer's group.
package trueline.rules.aws.vpc.http_from_anywhere

import rego.v1

import data.trueline.lib.ingress
import data.trueline.lib.plan

expect contains object.union(object.union(asked, {"fix": []}), {"else": "everybody on the internet may reach whatever listens on port 80, unencrypted"}) if {
	some asked in ingress.from_anywhere(80)
}
