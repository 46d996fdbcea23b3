# METADATA
# title: Security group that lets everybody reach SSH
# description: >-
#   Everybody on the internet may try to log in to whatever is behind this group. SSH is tried by programs within minutes of being
#   opened, and one weak password or one hole in the server is enough.
# custom:
#   id: aws/vpc/ssh-from-anywhere
#   severity: high
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
#   aliases: [CKV_AWS_24, AVD-AWS-0107]
#   settings: [aws.admin_cidrs]
#   help: Name the networks that are meant, or reach hosts through Session Manager, which needs no open port.
#   fix: >-
#     Sets the networks that the settings name. Unsafe: whoever logs in from elsewhere is shut out.
package trueline.rules.aws.vpc.ssh_from_anywhere

import rego.v1

import data.trueline.lib.ingress
import data.trueline.lib.plan

expect contains object.union(object.union(asked, ingress.admins(asked)), {"else": "everybody on the internet may try to log in"}) if {
	some asked in ingress.from_anywhere(22)
}
