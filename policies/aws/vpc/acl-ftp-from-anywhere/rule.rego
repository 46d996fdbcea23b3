# METADATA
# title: Network ACL that lets everybody reach FTP
# description: >-
#   The ACL is the second wall behind the security groups. It lets every address reach port 21 of all hosts in its subnets, so that one
#   group that is open by mistake is enough.
# custom:
#   id: aws/vpc/acl-ftp-from-anywhere
#   severity: medium
#   profile: strict
#   resources: [aws_network_acl, aws_network_acl_rule]
#   controls:
#     soc2: [CC6.6]
#     cis-aws-3.0: ['5.1']
#     cis-aws-5.0: ['5.2']
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_229]
#   settings: [aws.admin_cidrs]
#   help: Name the networks that are meant, with a rule of its own for each.
#   fix: >-
#     Sets the network that the settings name, if there is one. Unsafe: whoever comes from elsewhere is shut out.
package trueline.rules.aws.vpc.acl_ftp_from_anywhere

import rego.v1

import data.trueline.lib.acls
import data.trueline.lib.plan

expect contains object.union(object.union(asked, acls.admins), {"else": "every address may reach port 21 of the subnets behind it"}) if {
	some asked in acls.from_anywhere(21)
}
