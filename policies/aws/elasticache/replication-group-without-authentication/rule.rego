# METADATA
# title: ElastiCache replication group that asks for no password
# description: >-
#   Whoever reaches the port can read and change everything in the cache, and run commands on it. Only security groups stand between.
# custom:
#   id: aws/elasticache/replication-group-without-authentication
#   severity: medium
#   profile: strict
#   resources: [aws_elasticache_replication_group]
#   controls:
#     soc2: [CC6.1, CC6.2]
#     nist-800-53-r5: [IA-2, IA-5]
#     pci-dss-4.0: ['8.3.2']
#     hipaa: ['164.312(d)']
#     iso-27001-2022: [A.8.5]
#   aliases: [CKV_AWS_31]
#   help: >-
#     Either name a user group in `user_group_ids`, which gives each application its own user and rights, or a password from Secrets
#     Manager in `auth_token`; both need `transit_encryption_enabled = true` and clients that log in.
package trueline.rules.aws.elasticache.replication_group_without_authentication

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "auth_token",
	"set": true,
	"else": "whoever reaches the port may do everything",
	"unless": {"user_group_ids": {"set": true}, "global_replication_group_id": {"set": true}},
	"fix": [],
} if some r in plan.resources("aws_elasticache_replication_group")
