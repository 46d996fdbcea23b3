# METADATA
# title: Instance with an address on the internet
# description: >-
#   Every port that a security group opens on it, now or by mistake later, can be reached by everybody. Behind a load balancer, or with
#   Session Manager for administration, no instance needs one.
# custom:
#   id: aws/ec2/instance-with-public-address
#   severity: medium
#   profile: strict
#   resources: [aws_instance, aws_launch_template, aws_launch_configuration]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_88, CKV_AWS_389, AVD-AWS-0009, AWS-0009]
#   help: >-
#     Set `associate_public_ip_address = false` and reach the instance through a load balancer, Session Manager or a VPN; it needs a
#     NAT gateway or endpoints to reach AWS then. If it is meant to be public (a bastion, a gateway), accept this finding with the
#     reason.
package trueline.rules.aws.ec2.instance_with_public_address

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": place(r.type),
	"not_equals": true,
	"else": "everybody on the internet can reach what its security groups let through",
	"fix": [],
} if {
	some type in ["aws_instance", "aws_launch_template", "aws_launch_configuration"]
	some r in plan.resources(type)
}

place("aws_launch_template") := "network_interfaces.associate_public_ip_address"

place(type) := "associate_public_ip_address" if type != "aws_launch_template"
