# Who in the module works with a resource, and whether a customer-managed key would lock them out.
package trueline.lib.access

import rego.v1

import data.trueline.lib.iam
import data.trueline.lib.kms
import data.trueline.lib.plan

# Identity policies that grant something on a resource, by the resource's address.
grants[target] contains holder if {
	some allow in iam.allows
	allow.kind == "identity"
	some item in iam.items(allow.body, "Resource")
	some ref in item.value.refers
	target := owner(ref)
	holder := allow.resource.address
}

# The address in `aws_s3_bucket.b["k"].arn`.
owner(ref) := regex.replace(ref, `\.[a-z_0-9]+$`, "")

# Identity policies that may use keys.
may_use_keys contains allow.resource.address if {
	some allow in iam.allows
	allow.kind == "identity"
	some item in iam.items(allow.body, "Action")
	is_string(item.value)
	lower(item.value) in {"*", "kms:*", "kms:decrypt", "kms:generatedatakey", "kms:generatedatakey*"}
}

# Policies that refer to a resource and can't be looked into.
closed contains link.from if {
	some links in data.trueline.backlinks
	some link in links
	iam.holders[link.type]
	some found in iam.unread
	found.resource.address == link.from
	found.kind == "identity"
}

# Identity policies that work with a resource and, as far as the module shows, may use no key.
locked_out(r) := sort({holder |
	some holder in object.get(grants, r.address, set())
	not holder in may_use_keys
} | {link.from |
	some link in object.get(data.trueline.backlinks, r.address, [])
	link.from in closed
})

# Effects of a customer-managed key for those who work with a resource.
key_effects(r) := [kms.behaviour(sprintf(
	"%s may work with it and is not seen to have permission for the key",
	[plan.listed(holders, 4)],
))] if {
	holders := locked_out(r)
	count(holders) > 0
}

key_effects(r) := [kms.behaviour("who works with it, and whether they have permission for the key, is not known")] if {
	count(locked_out(r)) == 0
	not r.new
}

key_effects(r) := [] if {
	count(locked_out(r)) == 0
	r.new
}

# Statements of resource policies on a resource that let AWS services in.
service_principals(r) := sort({service |
	some allow in iam.allows
	allow.kind == "resource"
	about(allow.resource, r)
	some item in iam.items(allow.body.Principal, "Service")
	is_string(item.value)
	service := item.value
})

# A policy resource is about what it refers to, or about itself.
about(holder, r) if holder.address == r.address

about(holder, r) if {
	some link in object.get(data.trueline.links, holder.address, [])
	link.to == r.address
	not startswith(link.route, "policy")
}
