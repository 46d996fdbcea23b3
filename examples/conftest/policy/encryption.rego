# Data at rest is encrypted.
package terraform.encryption

# An attribute that has to be true.
switches = {
	"aws_db_instance": "storage_encrypted",
	"aws_ebs_volume": "encrypted",
	"aws_rds_cluster": "storage_encrypted",
}

# An attribute that has to name a key.
keys = {
	"aws_cloudwatch_log_group": "kms_key_id",
	"aws_sns_topic": "kms_master_key_id",
}

deny[msg] {
	change := planned[_]
	attribute := switches[change.type]
	not inherited(change)
	not change.change.after[attribute] == true
	msg := sprintf("%s is not encrypted: %s is not true", [change.address, attribute])
}

deny[msg] {
	change := planned[_]
	attribute := keys[change.type]
	not given(change, attribute)
	msg := sprintf("%s is not encrypted with a key of KMS: %s is not set", [change.address, attribute])
}

deny[msg] {
	change := planned[_]
	change.type == "aws_sqs_queue"
	not given(change, "kms_master_key_id")
	not change.change.after.sqs_managed_sse_enabled == true
	msg := sprintf("%s is not encrypted: neither sqs_managed_sse_enabled nor kms_master_key_id is set", [change.address])
}

deny[msg] {
	change := planned[_]
	change.type == "aws_dynamodb_table"
	not table_encrypted(change)
	msg := sprintf("%s is not encrypted with a key of KMS: server_side_encryption is not enabled", [change.address])
}

deny[msg] {
	change := planned[_]
	change.type == "aws_instance"
	not change.change.after.root_block_device[0].encrypted == true
	msg := sprintf("%s has a root volume that is not encrypted", [change.address])
}

deny[msg] {
	change := planned[_]
	change.type == "aws_instance"
	device := change.change.after.ebs_block_device[_]
	not device.encrypted == true
	msg := sprintf("%s has a volume at %s that is not encrypted", [change.address, device.device_name])
}

# The plan does not know a new bucket's id, so what belongs to a bucket is found in the configuration.
deny[msg] {
	change := planned[_]
	change.type == "aws_s3_bucket"
	not encrypted_bucket[place(change)]
	count(object.get(change.change.after, "server_side_encryption_configuration", [])) == 0
	msg := sprintf("%s has no aws_s3_bucket_server_side_encryption_configuration", [change.address])
}

planned[change] {
	change := input.resource_changes[_]
	change.mode == "managed"
	action := change.change.actions[_]
	{"create", "update"}[action]
}

# Known, or known after apply.
given(change, attribute) {
	value := change.change.after[attribute]
	value != null
	value != ""
}

given(change, attribute) {
	change.change.after_unknown[attribute] == true
}

table_encrypted(change) {
	change.change.after.server_side_encryption[_].enabled == true
}

# A replica is encrypted as its source is, and the first serverless mode of Aurora always.
inherited(change) {
	given(change, "replicate_source_db")
}

inherited(change) {
	change.change.after.engine_mode == "serverless"
}

# A bucket's module and name, without instance keys.
place(change) = sprintf("%s/%s", [module, change.name]) {
	module := concat(".", regex.find_n(`module\.[A-Za-z0-9_-]+`, object.get(change, "module_address", ""), -1))
}

# Places of buckets that an encryption configuration of the same module refers to.
encrypted_bucket[where] {
	walk(input.configuration.root_module, [path, node])
	node.type == "aws_s3_bucket_server_side_encryption_configuration"
	reference := node.expressions.bucket.references[_]
	parts := split(reference, ".")
	parts[0] == "aws_s3_bucket"
	name := split(parts[1], "[")[0]
	calls := [sprintf("module.%s", [path[i + 1]]) | path[i] == "module_calls"]
	where := sprintf("%s/%s", [concat(".", calls), name])
}
