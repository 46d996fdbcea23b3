package trueline.rules.aws.kms.key_without_rotation_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.kms.key_without_rotation as rule

denied(t) := result if {
	result := rule.deny
		with data.trueline.resources as t.resources
		with data.trueline.links as t.links
		with data.trueline.backlinks as t.backlinks
		with data.trueline.settings as t.settings
		with data.trueline.params as t.params
		with data.trueline.provider_tags as t.provider_tags
}

undecided(t) := result if {
	result := rule.unknown
		with data.trueline.resources as t.resources
		with data.trueline.links as t.links
		with data.trueline.backlinks as t.backlinks
		with data.trueline.settings as t.settings
		with data.trueline.params as t.params
		with data.trueline.provider_tags as t.provider_tags
}

key(values) := fixture.resource("aws_kms_key", "k", object.union(
	{"enable_key_rotation": null, "customer_master_key_spec": "SYMMETRIC_DEFAULT", "key_usage": "ENCRYPT_DECRYPT", "custom_key_store_id": null},
	values,
))

found(r) := result if {
	result := denied(fixture.trueline([r], {}))
}

test_unset_is_found_with_its_fix if {
	some f in found(key({}))
	f.msg == "`enable_key_rotation` is not set: the material of this key is never changed"
	f.fix == [{"set": "enable_key_rotation", "value": true}]
	[e.kind | some e in f.effects] == ["cost"]
}

test_false_is_found if count(found(key({"enable_key_rotation": false}))) == 1

test_true_is_fine if count(found(key({"enable_key_rotation": true}))) == 0

test_a_default_of_the_provider_is_not_set if {
	some f in found(fixture.but(key({"enable_key_rotation": false}), {"defaults": ["enable_key_rotation"]}))
	startswith(f.msg, "`enable_key_rotation` is not set")
	some g in found(key({"enable_key_rotation": false}))
	startswith(g.msg, "`enable_key_rotation` is false")
}

others := [
	{"customer_master_key_spec": "RSA_2048"}, {"customer_master_key_spec": "HMAC_256"}, {"key_usage": "SIGN_VERIFY"},
	{"key_usage": "GENERATE_VERIFY_MAC"}, {"custom_key_store_id": "cks-1"}, {"xks_key_id": "x"},
]

deciding := ["customer_master_key_spec", "key_usage", "custom_key_store_id", "xks_key_id"]

open(r) := result if {
	result := undecided(fixture.trueline([r], {}))
}

test_keys_that_can_not_be_rotated_are_left_alone if {
	every values in others {
		count(found(key(values))) == 0
		count(open(key(values))) == 0

		# Whatever else is not known of them.
		every route in {other | some other in array.concat(["enable_key_rotation"], deciding); not values[other]} {
			r := fixture.but(key(object.union(values, {route: null})), {"unknown": {route: fixture.unknown("variable", "why")}})
			count(found(r)) == 0
			count(open(r)) == 0
		}
	}
	stored := fixture.but(key({}), {"unknown": {"custom_key_store_id": fixture.computed("aws_kms_custom_key_store.s.id")}})
	count(found(stored)) == 0
	count(open(stored)) == 0
}

test_a_kind_that_is_not_known_is_undecided if {
	every route in deciding {
		r := fixture.but(key({route: null}), {"unknown": {route: fixture.unknown("variable", "why")}})
		count(found(r)) == 0
		some u in open(r)
		u.route == route

		# A key that says it is rotated is, and one that may be has one reason more.
		rotated := fixture.but(r, {"values": object.union(r.values, {"enable_key_rotation": true})})
		count(open(rotated)) == 0
		both := fixture.but(r, {"unknown": object.union(r.unknown, {"enable_key_rotation": fixture.unknown("variable", "why")})})
		count(found(both)) == 0
		count(open(both)) == 1
	}
}

test_a_variable_without_value_is_undecided if {
	r := fixture.but(key({}), {"unknown": {"enable_key_rotation": fixture.unknown("variable", "why")}})
	count(found(r)) == 0
	result := undecided(fixture.trueline([r], {}))
	count(result) == 1
}
