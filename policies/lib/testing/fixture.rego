# Hand-made documents in the shape of `data.trueline`, for the tests of rules.
package trueline.lib.testing.fixture

import rego.v1

# A resource of the root module that is to be created, with these values.
resource(type, name, values) := {
	"address": sprintf("%s.%s", [type, name]),
	"module": "",
	"mode": "managed",
	"type": type,
	"name": name,
	"index": null,
	"provider": "registry.terraform.io/hashicorp/aws",
	"region": "us-east-1",
	"actions": ["create"],
	"new": true,
	"deferred": false,
	"values": values,
	"unknown": {},
	"documents": {},
	"sensitive": [],
}

# The same with other fields.
but(r, fields) := object.union(r, fields)

# Resources by type.
by_type(resources) := {type: found |
	some r in resources
	type := r.type
	found := [x | some x in resources; x.type == type]
}

# An unknown value.
unknown(reason, why) := {"reason": reason, "why": why, "refers": [], "prefix": null, "suffix": null}

# A reference to an attribute of a resource that is known after apply.
computed(ref) := {
	"reason": "computed",
	"why": sprintf("`%s` is known after apply", [ref]),
	"refers": [ref],
	"prefix": null,
	"suffix": null,
}

# The same resource behind a switch without value.
behind(r, switch) := but(r, {"deferred": true, "conditions": [{"id": switch, "why": sprintf("`%s` has no value and no default", [switch])}]})

# A leaf of a document that refers to a resource.
leaf(ref) := {"trueline:unknown": "computed", "why": "", "refers": [ref], "prefix": null, "suffix": null, "fixed": true}

# A leaf of a document that nothing is known of.
open_leaf(name) := {
	"trueline:unknown": "variable",
	"why": sprintf("`var.%s` has no value and no default", [name]),
	"refers": [],
	"prefix": null,
	"suffix": null,
	"fixed": false,
}

# Links from one resource to another, as `links` and `backlinks`.
linked(from, route, to, attribute) := {
	"links": {from.address: [{
		"route": route,
		"to": to.address,
		"type": to.type,
		"attribute": attribute,
		"certain": true,
	}]},
	"backlinks": {to.address: [{
		"from": from.address,
		"type": from.type,
		"route": route,
		"attribute": attribute,
		"certain": true,
	}]},
}

# Everything that rules see.
trueline(resources, settings) := {
	"resources": by_type(resources),
	"data_sources": {},
	"links": {},
	"backlinks": {},
	"settings": object.union({"profile": "strict", "provision": {}}, settings),
	"params": {},
	"provider_tags": {},
}

key_arn := "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

with_key := {"aws": {"kms_key_arn": key_arn}}
