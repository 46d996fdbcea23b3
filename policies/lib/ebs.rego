# What the account does with volumes that say nothing of encryption.
package trueline.lib.ebs

import rego.v1

import data.trueline.lib.plan

# The plan itself turns on encryption by default in the resource's region.
encrypted_by_default(r) if {
	some d in plan.resources("aws_ebs_encryption_by_default")
	plan.truth(d, "enabled", object.get(d.values, "enabled", null)) in {"true", "unset"}
	d.region == r.region
}
