package trueline.rules.aws.rds.unencrypted_instance_test

import rego.v1

import data.trueline.lib.testing.fixture
import data.trueline.rules.aws.rds.unencrypted_instance as rule

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

base := {"storage_encrypted": null, "kms_key_id": null, "replicate_source_db": null, "snapshot_identifier": null, "instance_class": "db.t3.micro"}

db(values) := fixture.resource("aws_db_instance", "d", object.union(base, values))

found(r, settings) := result if {
	result := denied(fixture.trueline([r], settings))
}

open(r) := result if {
	result := undecided(fixture.trueline([r], {}))
}

test_unset_and_false_are_found if {
	some value, word in {null: "is not set", false: "is false"}
	some f in found(db({"storage_encrypted": value}), {})
	contains(f.msg, word)
	f.route == "storage_encrypted"
	f.fix == [{"set": "storage_encrypted", "value": true}]
	f.effects[0].kind == "replaces"
	count(f.effects) == 1
}

test_false_is_found_too if count(found(db({"storage_encrypted": false}), {})) == 1

test_true_is_fine if count(found(db({"storage_encrypted": true}), {})) == 0

test_the_organizations_key_is_used if {
	some f in found(db({}), fixture.with_key)
	f.fix[1] == {"default": "kms_key_id", "value": fixture.key_arn}
}

test_a_key_of_another_region_is_not_used if {
	r := fixture.but(db({}), {"region": "eu-west-1"})
	some f in found(r, fixture.with_key)
	count(f.fix) == 1
}

test_a_key_by_region_is_used if {
	r := fixture.but(db({}), {"region": "eu-west-1"})
	arn := "arn:aws:kms:eu-west-1:111122223333:key/b"
	some f in found(r, {"aws": {"kms_key_arn": {"us-east-1": fixture.key_arn, "eu-west-1": arn}}})
	f.fix[1].value == arn
}

test_what_it_is_made_from_decides if {
	every values in [{"snapshot_identifier": "snap"}, {"replicate_source_db": "orders"}, {"restore_to_point_in_time": [{"source_db_instance_identifier": "orders"}]}] {
		every encrypted in [null, false] {
			r := db(object.union(values, {"storage_encrypted": encrypted}))
			count(found(r, {})) == 0
			some u in open(r)
			u.route == object.keys(values)[_]
		}
		count(open(db(object.union(values, {"storage_encrypted": true})))) == 0
	}
}

test_a_replica_elsewhere_needs_a_key_of_its_region if {
	far := {"replicate_source_db": "arn:aws:rds:eu-west-1:111122223333:db:orders"}
	some f in found(db(far), fixture.with_key)
	f.route == "kms_key_id"
	f.fix == [{"set": "kms_key_id", "value": fixture.key_arn}]
	some g in found(db(object.union(far, {"storage_encrypted": true})), {})
	g.needs == ["settings.aws.kms_key_arn"]
	count(found(db(object.union(far, {"kms_key_id": fixture.key_arn})), {})) == 0
}

test_the_source_is_to_blame if {
	source := fixture.but(db({"identifier": "orders"}), {"address": "aws_db_instance.orders"})
	result := denied(fixture.trueline([db({"replicate_source_db": "orders"}), source], {}))
	count(result) == 2
	some f in result
	f.address == "aws_db_instance.d"
	f.fix == []
	f.msg == "`replicate_source_db` names something that is not encrypted, and this database's storage is as that is"
}

test_a_variable_without_value_is_undecided if {
	r := fixture.but(db({}), {"unknown": {"storage_encrypted": fixture.unknown("variable", "`var.e` has no value and no default")}})
	count(found(r, {})) == 0
	some u in open(r)
	contains(u.msg, "`var.e` has no value")
	u.why == "`var.e` has no value and no default"
}

test_old_classes_can_not_be_encrypted if {
	some f in found(db({"instance_class": "db.t2.micro"}), {})
	f.effects[1].kind == "behaviour"
}
