# METADATA
# title: ECS service whose tasks have addresses on the internet
# description: >-
#   Every port that a security group opens on the tasks, now or by mistake later, can be reached by everybody, past the load balancer
#   and its firewall.
# custom:
#   id: aws/ecs/service-with-public-address
#   severity: high
#   profile: baseline
#   resources: [aws_ecs_service]
#   controls:
#     soc2: [CC6.6]
#     nist-800-53-r5: [AC-4, SC-7]
#     pci-dss-4.0: ['1.3.1', '1.4.2']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.8.20, A.8.22]
#   aliases: [CKV_AWS_333]
#   help: >-
#     Run the tasks in private subnets with `assign_public_ip = false`, and a load balancer in front. They need a NAT gateway, or
#     endpoints for ECR, S3 and CloudWatch Logs.
#   fix: >-
#     Sets `assign_public_ip` to false. Unsafe always: in a subnet without a way out the tasks can't fetch their image.
package trueline.rules.aws.ecs.service_with_public_address

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "network_configuration.assign_public_ip",
	"not_equals": true,
	"else": "everybody on the internet can reach what its security groups let through",
	"value": false,
	"effects": [{"kind": "behaviour", "why": "without a NAT gateway or endpoints the tasks can't fetch their image"}],
} if some r in plan.resources("aws_ecs_service")
