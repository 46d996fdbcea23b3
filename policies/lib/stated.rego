# What the organization's settings say for a resource.
package trueline.lib.stated

import rego.v1

import data.trueline.lib.kms
import data.trueline.lib.plan

# The value of `settings.aws` at a path such as `["lambda", "dead_letter_arn"]`, in the region of the resource.
value(r, path) := found if {
	found := here(r, written(r, path))
	fits(found, r)
}

written(_, path) := found if {
	found := object.get(plan.settings, array.concat(["aws"], path), null)
	found != null
}

# A table by region around it.
written(r, path) := found if {
	object.get(plan.settings, array.concat(["aws"], path), null) == null
	count(path) == 2
	found := object.get(plan.settings, ["aws", path[0], kms.region(r), path[1]], null)
	found != null
}

here(_, text) := text if not is_object(text)

here(r, table) := table[kms.region(r)] if is_object(table)

# An ARN is of use only in its own region.
fits(found, _) if not is_string(found)

fits(found, r) if {
	is_string(found)
	not startswith(found, "arn:")
	not kms.placeholder(r)
}

fits(found, r) if {
	is_string(found)
	startswith(found, "arn:")
	kms.fits(found, r)
}

# The operation that sets a route to it; none where nothing is stated.
set(r, route, path) := [{"set": route, "value": value(r, path)}]

default set(_, _, _) := []

# The same, only where nothing is written.
fallback(r, route, path) := [{"default": route, "value": value(r, path)}]

default fallback(_, _, _) := []

# The setting that is missing.
needs(r, path) := [] if usable(r, path)

needs(r, path) := ["settings.aws.region"] if {
	not usable(r, path)
	kms.placeholder(r)
}

needs(r, path) := [name(r, path)] if {
	not usable(r, path)
	not kms.placeholder(r)
}

usable(r, path) if value(r, path) != null

name(r, path) := sprintf("settings.aws.%s", [concat(".", path)]) if not written(r, path)

name(r, path) := sprintf("settings.aws.%s.%s", [concat(".", path), kms.region(r)]) if {
	written(r, path)
	kms.region(r)
}

name(r, path) := "settings.aws.region" if {
	written(r, path)
	not kms.region(r)
}
