# What the account does with volumes that say nothing of encryption.
package trueline.lib.ebs

import rego.v1

import data.trueline.lib.plan

# The plan itself turns on encryption by default in the resource's region.
encrypted_by_default(r) if {
	some d in plan.resources("aws_ebs_encryption_by_default")
	state(d) in {"true", "unset"}
	d.region == r.region
	plan.stands_with(d, r)
}

# Why it can't be said whether the plan does that; undefined where it can.
default_hangs_on(r) := sort(reasons)[0] if {
	not encrypted_by_default(r)
	reasons := {why |
		some d in plan.resources("aws_ebs_encryption_by_default")
		state(d) in {"true", "unset", "unknown"}
		may_be_same(d.region, r.region)
		why := open_about(d, r)
	}
	count(reasons) > 0
}

open_about(d, r) := sprintf("whether `%s` exists: %s", [d.address, plan.existence_hangs_on(d, r)]) if {
	not plan.stands_with(d, r)
}

open_about(d, r) := sprintf("`enabled` of `%s`: %s", [d.address, d.unknown.enabled.why]) if {
	plan.stands_with(d, r)
	state(d) == "unknown"
}

open_about(d, r) := sprintf("whether `%s` is about the same region", [d.address]) if {
	plan.stands_with(d, r)
	state(d) != "unknown"
}

# What is said where the account decides.
undecided(r, route, what) := {
	"address": r.address,
	"route": route,
	"msg": sprintf("whether %s can't be decided: encryption by default hangs on something that is not known", [what]),
	"why": default_hangs_on(r),
}

state(d) := plan.truth(d, "enabled", object.get(d.values, "enabled", null))

may_be_same(a, b) if a == b

may_be_same(a, b) if null in {a, b}
