# METADATA
# title: EC2 block device without encryption
# description: >-
#   The instance's disk and every snapshot or image made of it are readable by whoever gets at them. Encryption costs nothing and
#   is not noticed by the instance.
# custom:
#   id: aws/ec2/unencrypted-block-device
#   severity: high
#   profile: baseline
#   resources: [aws_instance, aws_launch_configuration, aws_launch_template]
#   controls:
#     soc2: [CC6.1, CC6.7]
#     cis-aws-3.0: ['2.2.1']
#     cis-aws-5.0: ['5.1.1']
#     nist-800-53-r5: [SC-13, SC-28, SC-28(1)]
#     pci-dss-4.0: ['3.5.1']
#     hipaa: ['164.312(a)(2)(iv)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_8, AVD-AWS-0008, AWS-0008, AVD-AWS-0131, AWS-0131, aws-ec2-enable-at-rest-encryption, aws-ec2-enable-launch-config-at-rest-encryption, 4de9de27-254e-424f-bd70-4c1e95790838]
#   settings: [aws.kms_key_arn]
#   help: Set `encrypted = true` on every block device, the root one included.
#   fix: >-
#     Sets `encrypted`; on an instance with the organization's key where the settings name one (an Auto Scaling group would need
#     permission for it, so launch templates keep the AWS-managed key). Unsafe on an existing instance, which would be replaced.
package trueline.rules.aws.ec2.unencrypted_block_device

import rego.v1

import data.trueline.lib.ebs
import data.trueline.lib.kms
import data.trueline.lib.plan
import data.trueline.lib.snapshots

types := ["aws_instance", "aws_launch_configuration"]

replaces("aws_instance") := [{"kind": "replaces", "why": "block devices of an existing instance can't be encrypted: it would be replaced, with empty disks"}]

replaces("aws_launch_configuration") := [{"kind": "replaces", "why": "a launch configuration can't be changed: it would be replaced"}]

# No block for the root device: it is as the image has it.
deny contains {
	"address": r.address,
	"route": "root_block_device",
	"msg": "there is no `root_block_device` block: the root volume is not encrypted unless the image is",
	"fix": array.concat([{"set": "root_block_device[0].encrypted", "value": true}], key_fix(r, "root_block_device[0]")),
	"effects": replaces(r.type),
} if {
	some r in candidates
	plan.without_blocks(r, "root_block_device")
	not from_template(r)
	not ebs.default_hangs_on(r)
	not r.unknown.launch_template
	snapshots.image(r, image_of[r.type]) == "none"
}

# A block that says no, or nothing.
deny contains {
	"address": r.address,
	"route": sprintf("%s.encrypted", [block.route]),
	"msg": sprintf("%s: this volume is not encrypted%s", [plan.not_true(sprintf("%s.encrypted", [block.route]), state), unless_image(block)]),
	"fix": array.concat([{"set": sprintf("%s.encrypted", [block.route]), "value": true}], key_fix(r, block.route)),
	"effects": replaces(r.type),
} if {
	some r in candidates
	not ebs.default_hangs_on(r)
	some kind in ["root_block_device", "ebs_block_device"]
	some block in own_blocks(r, kind)
	made(r, block) in {"none", "plain"}
	block.device == "there"
	state := state_of(r, block)
	state in {"false", "unset"}
}

# Mappings of a launch template.
deny contains {
	"address": r.address,
	"route": sprintf("%s.encrypted", [block.route]),
	"msg": sprintf("%s: volumes made from this template are not encrypted", [plan.not_true(sprintf("%s.encrypted", [block.route]), state)]),
	"fix": [{"set": sprintf("%s.encrypted", [block.route]), "value": true}],
} if {
	some r in plan.resources("aws_launch_template")
	not ebs.encrypted_by_default(r)
	not ebs.default_hangs_on(r)
	some block in template_blocks(r)
	made(r, block) in {"none", "plain"}
	block.device == "there"
	state := state_of(r, block)
	state in {"false", "unset"}
}

# The account's default decides, and is not known.
unknown contains ebs.undecided(r, sprintf("%s.encrypted", [block.route]), "the volume is encrypted") if {
	some r in all_candidates
	ebs.default_hangs_on(r)
	some block in all_blocks(r)
	made(r, block) in {"none", "plain"}
	block.device == "there"
	state_of(r, block) in {"false", "unset"}
}

unknown contains ebs.undecided(r, "root_block_device", "the root volume is encrypted") if {
	some r in candidates
	ebs.default_hangs_on(r)
	plan.without_blocks(r, "root_block_device")
	not from_template(r)
	not r.unknown.launch_template
	snapshots.image(r, image_of[r.type]) == "none"
}

unknown contains plan.undecided(r, sprintf("%s.encrypted", [block.route]), "the volume is encrypted") if {
	some r in all_candidates
	some block in all_blocks(r)
	state_of(r, block) == "unknown"
	made(r, block) != "encrypted"
	block.device != "left out"
}

# Blocks of which it is not known how many there are, or what they hold.
unknown contains plan.undecided(r, route, "the volumes are encrypted") if {
	some r in all_candidates
	some route, _ in r.unknown
	regex.match(`^(root_block_device|ebs_block_device|block_device_mappings)(\[[0-9]+\])?(\.ebs(\[[0-9]+\])?)?$`, route)
}

unknown contains {
	"address": r.address,
	"route": "root_block_device",
	"msg": "whether the root volume is encrypted can't be decided: the launch template decides",
	"why": "an instance takes its block devices from its launch template where it has none of its own",
} if {
	some r in candidates
	plan.without_blocks(r, "root_block_device")
	from_template(r)
}

unknown contains plan.undecided(r, "launch_template", "the root volume is encrypted") if {
	some r in candidates
	plan.without_blocks(r, "root_block_device")
	r.unknown.launch_template
}

unknown contains {
	"address": r.address,
	"route": "root_block_device",
	"msg": "whether the root volume is encrypted can't be decided: the image decides",
	"why": "where there is no `root_block_device` block the root volume is as the image has it",
} if {
	some r in candidates
	plan.without_blocks(r, "root_block_device")
	not from_template(r)
	snapshots.image(r, image_of[r.type]) == "unknown"
}

# A launch template that says nothing of volumes.
unknown contains {
	"address": r.address,
	"route": "block_device_mappings",
	"msg": "whether volumes made from this template are encrypted can't be decided: it has no `block_device_mappings`, so the image decides",
	"why": "volumes are as the image has them, unless the instance or the account says otherwise",
} if {
	some r in plan.resources("aws_launch_template")
	not ebs.encrypted_by_default(r)
	plan.without_blocks(r, "block_device_mappings")
	snapshots.image(r, "image_id") != "encrypted"
}

unknown contains {
	"address": r.address,
	"route": decisive(r, block).route,
	"msg": sprintf("whether the volume is encrypted can't be decided: %s", [decisive(r, block).why]),
	"why": decisive(r, block).why,
} if {
	some r in all_candidates
	some block in all_blocks(r)
	made(r, block) == "unknown"
	state_of(r, block) in {"false", "unset"}
	block.device != "left out"
}

unknown contains plan.undecided(r, block.no_device_route, "there is such a volume") if {
	some r in all_candidates
	some block in all_blocks(r)
	block.device == "unknown"
	state_of(r, block) in {"false", "unset"}
	made(r, block) in {"none", "plain"}
}

candidates contains r if {
	some type in types
	some r in plan.resources(type)
	not ebs.encrypted_by_default(r)
}

all_candidates := candidates | {r |
	some r in plan.resources("aws_launch_template")
	not ebs.encrypted_by_default(r)
}

all_blocks(r) := array.concat(
	[block | some kind in ["root_block_device", "ebs_block_device"]; some block in own_blocks(r, kind)],
	template_blocks(r),
)

own_blocks(r, kind) := [with_device(r, block, block) | some block in plan.blocks(r, kind)]

template_blocks(r) := [with_device(r, {"route": sprintf("%s.ebs[0]", [mapping.route]), "body": mapping.body.ebs[0]}, mapping) |
	some mapping in plan.blocks(r, "block_device_mappings")
	mapping.body.ebs[0]
]

# A block knows whether its device is there, or left out of what the image has.
with_device(r, block, outer) := object.union(block, {"no_device_route": route, "device": device_at(r, route, object.get(outer.body, "no_device", null))}) if {
	route := sprintf("%s.no_device", [outer.route])
}

device_at(_, _, value) := "left out" if not value in {null, "", false}

device_at(r, route, value) := "unknown" if {
	value in {null, "", false}
	r.unknown[route]
}

device_at(r, route, value) := "there" if {
	value in {null, "", false}
	not r.unknown[route]
}

state_of(r, block) := plan.truth(r, sprintf("%s.encrypted", [block.route]), object.get(block.body, "encrypted", null))

# What a volume is made from: a snapshot, or for the root volume the image.
made(r, block) := snapshots.named(r, sprintf("%s.snapshot_id", [block.route]), object.get(block.body, "snapshot_id", null)) if {
	not is_root(block)
}

made(r, block) := snapshots.image(r, image_of[r.type]) if is_root(block)

unless_image(block) := " unless the image is" if is_root(block)

unless_image(block) := "" if not is_root(block)

is_root(block) if startswith(block.route, "root_block_device")

decisive(r, block) := {"route": route, "why": snapshots.why(r, route)} if {
	not is_root(block)
	route := sprintf("%s.snapshot_id", [block.route])
}

decisive(_, block) := {"route": sprintf("%s.encrypted", [block.route]), "why": "a root volume is encrypted if its image is, and that is not known here"} if {
	is_root(block)
}

image_of := {"aws_instance": "ami", "aws_launch_configuration": "image_id"}

from_template(r) if count(plan.elements(r.values, "launch_template")) > 0

key_fix(r, route) := kms.fallback(r, sprintf("%s.kms_key_id", [route])) if r.type == "aws_instance"

default key_fix(_, _) := []
