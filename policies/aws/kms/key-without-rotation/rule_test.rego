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

test_keys_that_can_not_be_rotated_are_left_alone if {
	every values in [{"customer_master_key_spec": "RSA_2048"}, {"key_usage": "SIGN_VERIFY"}, {"custom_key_store_id": "cks-1"}] {
		count(found(key(values))) == 0
	}
}

test_a_variable_without_value_is_undecided if {
	r := fixture.but(key({}), {"unknown": {"enable_key_rotation": fixture.unknown("variable", "why")}})
	count(found(r)) == 0
	result := undecided(fixture.trueline([r], {}))
	count(result) == 1
}
