# METADATA
# title: WorkSpace whose user volume is not encrypted
# description: >-
#   What people keep on their desktop, and every backup of it, is readable for whoever gets at the disk.
# custom:
#   id: aws/workspaces/unencrypted-user-volume
#   severity: high
#   profile: baseline
#   resources: [aws_workspaces_workspace]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_155]
#   settings: [aws.kms_key_arn]
#   help: Set `user_volume_encryption_enabled = true` and name a key in `volume_encryption_key`.
#   fix: >-
#     Sets `user_volume_encryption_enabled`, with the organization's key where the settings name one. Unsafe on an existing WorkSpace,
#     which would be replaced by an empty one.
package trueline.rules.aws.workspaces.unencrypted_user_volume

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "user_volume_encryption_enabled",
	"equals": true,
	"else": "what is on this disk is not encrypted",
	"fix": array.concat([{"set": "user_volume_encryption_enabled", "value": true}], kms.fallback(r, "volume_encryption_key")),
	"needs": needs(r),
	"effects": [{"kind": "replaces", "why": "an existing WorkSpace can't be encrypted: it would be replaced by an empty one"}],
} if some r in plan.resources("aws_workspaces_workspace")

# A WorkSpace is encrypted only with a key that is named.
needs(r) := [] if plan.given(r, "volume_encryption_key", object.get(r.values, "volume_encryption_key", null))

needs(r) := kms.needs(r) if not plan.given(r, "volume_encryption_key", object.get(r.values, "volume_encryption_key", null))
