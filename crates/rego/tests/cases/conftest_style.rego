package cases.conftest_style

import data.fleet

deny contains msg if {
	some name, bucket in input.resource.aws_s3_bucket
	not bucket.encrypted
	msg := sprintf("bucket %q is not encrypted", [name])
}

deny contains {"msg": msg, "details": {"port": port}} if {
	some rule in input.rules
	some port in rule.ports
	port in fleet.servers[0].ports
	rule.cidr == "0.0.0.0/0"
	msg := sprintf("port %d is open", [port])
}

warn contains msg if {
	required := {"team", "owner"}
	some name, bucket in input.resource.aws_s3_bucket
	missing := required - object.keys(object.get(bucket, "tags", {}))
	count(missing) > 0
	msg := sprintf("%s: missing tags %v", [name, concat(", ", sort(missing))])
}

violation contains {"msg": "too big"} if input.size > data.fleet.limits.shop

exception contains ["encrypted"] if input.resource.aws_s3_bucket.legacy

deny_encrypted contains "not encrypted" if not input.encrypted

is_create(change) if "create" in change.actions

is_create(change) if change.actions == ["delete", "create"]

created contains r.address if {
	some r in input.resource_changes
	is_create(r.change)
}

changes := [r |
	some r in input.resource_changes
	r.type == "aws_s3_bucket"
	not r.change.after.acl in {"private", null}
]

has_field(obj, field) if _ = obj[field]

get(obj, path, otherwise) := object.get(obj, path, otherwise)

one_bucket := {"resource": {"aws_s3_bucket": {"logs": {"tags": {"team": "x"}}}}}

plan := {"resource_changes": [
	{"address": "aws_s3_bucket.a", "change": {"actions": ["create"], "after": {"acl": "public-read"}}, "type": "aws_s3_bucket"},
	{"address": "aws_s3_bucket.b", "change": {"actions": ["no-op"], "after": {"acl": "private"}}, "type": "aws_s3_bucket"},
	{"address": "aws_s3_bucket.c", "change": {"actions": ["delete", "create"], "after": {"acl": null}}, "type": "aws_s3_bucket"},
]}

test_messages if deny == {"bucket \"logs\" is not encrypted"} with input as one_bucket

test_nothing_to_say if {
	deny == set() with input as {"resource": {"aws_s3_bucket": {"logs": {"encrypted": true}}}}
	deny == set()
	count(warn) == 0
}

test_objects_as_messages if {
	deny == {{"details": {"port": 443}, "msg": "port 443 is open"}} with input as {"rules": [{"cidr": "0.0.0.0/0", "ports": [22, 443]}]}
}

test_warnings if warn == {"logs: missing tags owner"} with input as one_bucket

test_violations_read_data if {
	violation == {{"msg": "too big"}} with input as {"size": 3}
	violation == set() with input as {"size": 3} with data.fleet.limits.shop as 3
}

test_exceptions if {
	exception == {["encrypted"]} with input as {"resource": {"aws_s3_bucket": {"legacy": {}}}}
	deny_encrypted == {"not encrypted"} with input as {}
	deny_encrypted == set() with input as {"encrypted": true}
}

test_plans if {
	created == {"aws_s3_bucket.a", "aws_s3_bucket.c"} with input as plan
	[c.address | some c in changes] == ["aws_s3_bucket.a"] with input as plan
}

test_fields_that_are_false_exist if {
	has_field({"a": false}, "a")
	not has_field({"a": 1}, "b")
	get({"a": {"b": false}}, ["a", "b"], true) == false
	get({}, ["a"], "none") == "none"
}

test_mocked_data if {
	deny == {{"details": {"port": 1}, "msg": "port 1 is open"}} with input as {"rules": [{"cidr": "0.0.0.0/0", "ports": [1]}]}
		with data.fleet.servers as [{"ports": [1]}]
}
