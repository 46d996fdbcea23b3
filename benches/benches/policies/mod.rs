//! Policies as people write them: annotations, imports, rules over resources, helpers, exceptions.

use trueline_rego::PolicyFile;

const KINDS: [&str; 10] = [
    "aws_s3_bucket",
    "aws_ebs_volume",
    "aws_db_instance",
    "aws_sqs_queue",
    "aws_sns_topic",
    "aws_iam_policy",
    "aws_instance",
    "aws_security_group",
    "aws_kms_key",
    "aws_lambda_function",
];

/// Makes that many policy files, the first of them a library.
pub fn generated(count: usize) -> Vec<PolicyFile> {
    let library = PolicyFile::new("lib.rego", LIBRARY);
    let files = (1..count).zip(KINDS.iter().cycle()).map(|(at, kind)| {
        let text = POLICY.replace("NUMBER", &at.to_string()).replace("KIND", kind);
        PolicyFile::new(format!("rule_{at}.rego"), text)
    });
    std::iter::once(library).chain(files).collect()
}

const LIBRARY: &str = r#"package lib.resources

of_type(kind) := [r | some r in input.resource_changes; r.type == kind; not is_deleted(r)]

is_deleted(r) if r.change.actions == ["delete"]

tag(r, key) := value if value := r.change.after.tags[key]
else := object.get(object.get(r.change.after, "tags_all", {}), key, "")

is_known(r, key) if not r.change.after_unknown[key]
"#;

const POLICY: &str = r#"# METADATA
# title: Rule number NUMBER
# description: What KIND has to look like
# custom:
#   id: generated/NUMBER
#   severity: medium
#   controls: [SOC2-CC6.1, "NIST-SC-28"]
package generated.rule_NUMBER

import rego.v1

import data.lib.resources

default enabled := true

allowed_regions := {"eu-central-1", "eu-west-1", "us-east-1"}

# METADATA
# title: Not encrypted
deny contains finding if {
	enabled
	some resource in resources.of_type("KIND")
	resources.is_known(resource, "encrypted")
	object.get(resource.change.after, "encrypted", false) != true
	finding := {
		"msg": sprintf("%s is not encrypted (rule %d)", [resource.address, NUMBER]),
		"address": resource.address,
		"route": "encrypted",
	}
}

deny contains finding if {
	enabled
	some resource in resources.of_type("KIND")
	region := resource.change.after.region
	not region in allowed_regions
	not is_exception(resource)
	finding := {"msg": concat(" ", [resource.address, "is in", region]), "address": resource.address}
}

warn contains msg if {
	some resource in resources.of_type("KIND")
	every key in ["Owner", "CostCenter"] {
		resources.tag(resource, key) == ""
	}
	msg := sprintf("%s has no tags", [resource.address])
}

is_exception(resource) if startswith(resource.address, "module.legacy.")

is_exception(resource) if {
	some pattern in data.exceptions.rule_NUMBER
	glob.match(pattern, ["."], resource.address)
}

summary := {kind: total |
	some kind in {"KIND"}
	total := count(resources.of_type(kind))
}
"#;
