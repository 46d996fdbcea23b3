# The organization's key, and what comes with using one.
package trueline.lib.kms

import rego.v1

import data.trueline.lib.plan

# The region of a resource, where it is known.
region(r) := r.region if is_region(r.region)

region(r) := plan.settings.aws.region if {
	not is_region(r.region)
	plan.settings.aws.region
}

is_region(text) if {
	is_string(text)
	regex.match(`^[a-z]{2,}(-[a-z]+)+-[0-9]+$`, text)
}

# A region is written that is none: it is still to be filled in, so which key fits can't be said.
placeholder(r) if {
	is_string(r.region)
	not region(r)
}

# The organization's key for a resource: of the resource's region, else none.
key(r) := arn if {
	arn := stated(r)
	fits(arn, r)
}

stated(_) := plan.settings.aws.kms_key_arn if is_string(plan.settings.aws.kms_key_arn)

stated(r) := plan.settings.aws.kms_key_arn[region(r)] if is_object(plan.settings.aws.kms_key_arn)

# A key works only in its own region; where the resource's is not known, the one key that is stated is meant.
fits(arn, r) if region_of(arn) == region(r)

fits(_, r) if {
	not region(r)
	not placeholder(r)
}

fits(arn, r) if {
	not region_of(arn)
	not placeholder(r)
}

region_of(arn) := part if {
	part := split(arn, ":")[3]
	part != ""
}

# Operations that set a route to the organization's key, or only where nothing is set; none without a key.
set(r, route) := [{"set": route, "value": key(r)}]

default set(_, _) := []

fallback(r, route) := [{"default": route, "value": key(r)}]

default fallback(_, _) := []

# The setting that is missing.
needs(r) := ["settings.aws.kms_key_arn"] if {
	not key(r)
	not stated(r)
	not placeholder(r)
}

needs(r) := [sprintf("settings.aws.kms_key_arn.%s", [region(r)])] if {
	not key(r)
	stated(r)
	not placeholder(r)
}

needs(r) := ["settings.aws.region"] if placeholder(r)

needs(r) := [] if key(r)

# Why something that a service or role does with encrypted data may fail.
behaviour(why) := {"kind": "behaviour", "why": why}

cost := {"kind": "cost", "why": "requests to KMS are paid for"}
