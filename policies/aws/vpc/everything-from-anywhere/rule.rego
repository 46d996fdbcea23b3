# METADATA
# title: Security group that lets everybody reach every port
# description: >-
#   Everybody on the internet may reach whatever listens behind this group, also what nobody remembers to be there.
# custom:
#   id: aws/vpc/everything-from-anywhere
#   severity: critical
#   profile: baseline
#   resources: [aws_security_group, aws_security_group_rule, aws_vpc_security_group_ingress_rule]
#   controls:
#     soc2: [CC6.6]
#     cis-aws-3.0: ['5.2']
#     cis-aws-5.0: ['5.3']
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_277]
#   settings: [aws.admin_cidrs]
#   help: Name the ports that are served, and the networks that may reach them.
#   fix: >-
#     Sets the networks that the settings name. Unsafe: whoever comes from elsewhere is shut out.
package trueline.rules.aws.vpc.everything_from_anywhere

import rego.v1

import data.trueline.lib.ingress
import data.trueline.lib.plan

expect contains object.union(object.union(asked, ingress.admins(asked)), {"else": "everybody on the internet may reach every port"}) if {
	some asked in ingress.everything_from_anywhere
}
