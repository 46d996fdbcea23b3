//! What an expectation makes of each kind of value, told as an organization would write it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod support;

use trueline_model::Profile;
use trueline_rego::PolicyFile;

const VARIABLES: &str = r#"
variable "x" {}
variable "on" { type = bool }
variable "list" { type = list(string) }
variable "secret" {
  type      = string
  sensitive = true
  default   = "a"
}
data "aws_ssm_parameter" "p" { name = "p" }
resource "aws_kms_key" "k" { enable_key_rotation = true }
"#;

/// What one expectation says of a module: `VERDICT ROUTE MESSAGE`, without the resource types of no interest.
fn said(expectation: &str, kind: &str, module: &str) -> Vec<String> {
    let policy = format!(
        "package org\nimport rego.v1\nexpect contains object.union({{\"of\": r, \"else\": \"so\"}}, {expectation}) if some r in data.trueline.resources.{kind}\n"
    );
    let files = [("main.tf", format!("{VARIABLES}{module}"))];
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (*p, t.as_str())).collect();
    let all =
        support::findings(Profile::Baseline, vec![PolicyFile::new("org.rego", policy.as_str())], &files);
    all.iter()
        .filter(|f| f.rule == "org/expect")
        .map(|f| format!("{} {} {}", f.verdict.as_str(), f.route, f.message))
        .collect()
}

/// Each row: an expectation, the lines of a database, and what is said.
#[test]
fn attributes() {
    let table: &[(&str, &str, &[&str])] = &[
        // a truth value
        (r#"{"route": "multi_az", "equals": true}"#, "multi_az = true", &[]),
        (
            r#"{"route": "multi_az", "equals": true}"#,
            "multi_az = false",
            &["fail multi_az `multi_az` is false: so"],
        ),
        (r#"{"route": "multi_az", "equals": true}"#, "", &["fail multi_az `multi_az` is not set: so"]),
        (
            r#"{"route": "multi_az", "equals": true}"#,
            "multi_az = null",
            &["fail multi_az `multi_az` is not set: so"],
        ),
        (r#"{"route": "multi_az", "equals": true}"#, "multi_az = \"true\"", &[]),
        (
            r#"{"route": "multi_az", "equals": true}"#,
            "multi_az = var.on",
            &[
                "unknown multi_az whether `multi_az` is true can't be decided: `var.on` has no value and no default",
            ],
        ),
        (r#"{"route": "multi_az", "equals": true, "or_unset": true}"#, "", &[]),
        // numbers
        (r#"{"route": "backup_retention_period", "at_least": 7}"#, "backup_retention_period = 7", &[]),
        (
            r#"{"route": "backup_retention_period", "at_least": 7}"#,
            "backup_retention_period = 3",
            &["fail backup_retention_period `backup_retention_period` is 3, less than 7: so"],
        ),
        (r#"{"route": "backup_retention_period", "at_most": 7}"#, "backup_retention_period = \"3\"", &[]),
        (
            r#"{"route": "backup_retention_period", "at_least": 7, "or": [0]}"#,
            "backup_retention_period = 0",
            &[],
        ),
        // texts
        (r#"{"route": "engine", "in": ["mysql", "postgres"]}"#, "engine = \"mysql\"", &[]),
        (
            r#"{"route": "engine", "in": ["mysql", "postgres"]}"#,
            "engine = \"oracle-ee\"",
            &["fail engine `engine` is \"oracle-ee\", not \"mysql\" or \"postgres\": so"],
        ),
        (
            r#"{"route": "engine", "not_in": ["mysql"]}"#,
            "engine = \"mysql\"",
            &["fail engine `engine` is \"mysql\": so"],
        ),
        (r#"{"route": "engine", "not_equals": "mysql"}"#, "", &[]),
        (r#"{"route": "engine", "matches": "^my"}"#, "engine = \"mysql\"", &[]),
        (
            r#"{"route": "engine", "never": "^my"}"#,
            "engine = \"mysql\"",
            &["fail engine `engine` is \"mysql\": so"],
        ),
        (
            r#"{"route": "engine", "equals": "a"}"#,
            "engine = var.secret",
            &["unknown engine whether `engine` is \"a\" can't be decided: it is sensitive"],
        ),
        // something is given
        (r#"{"route": "kms_key_id", "set": true}"#, "kms_key_id = aws_kms_key.k.arn", &[]),
        (r#"{"route": "kms_key_id", "set": true}"#, "kms_key_id = var.secret", &[]),
        (
            r#"{"route": "kms_key_id", "set": true}"#,
            "kms_key_id = \"\"",
            &["fail kms_key_id `kms_key_id` is not set: so"],
        ),
        (
            r#"{"route": "kms_key_id", "set": true}"#,
            "kms_key_id = data.aws_ssm_parameter.p.value",
            &[
                "unknown kms_key_id whether `kms_key_id` is set can't be decided: `data.aws_ssm_parameter.p.value` is read from the cloud",
            ],
        ),
        (r#"{"route": "password", "absent": true}"#, "", &[]),
        (
            r#"{"route": "password", "absent": true}"#,
            "password = \"hunter2\"",
            &["fail password `password` is set: so"],
        ),
        (
            r#"{"route": "password", "absent": true}"#,
            "password = var.secret",
            &["fail password `password` is set: so"],
        ),
        // lists
        (
            r#"{"route": "enabled_cloudwatch_logs_exports", "includes": ["audit"]}"#,
            "enabled_cloudwatch_logs_exports = [\"audit\"]",
            &[],
        ),
        (
            r#"{"route": "enabled_cloudwatch_logs_exports", "includes": ["audit", "error"]}"#,
            "enabled_cloudwatch_logs_exports = [\"audit\"]",
            &["fail enabled_cloudwatch_logs_exports `enabled_cloudwatch_logs_exports` lacks \"error\": so"],
        ),
        (
            r#"{"route": "enabled_cloudwatch_logs_exports", "includes": ["audit", "error"]}"#,
            "enabled_cloudwatch_logs_exports = [\"audit\", var.x]",
            &[
                "unknown enabled_cloudwatch_logs_exports whether `enabled_cloudwatch_logs_exports` has \"audit\", \"error\" can't be decided: `var.x` has no value and no default",
            ],
        ),
        (
            r#"{"route": "enabled_cloudwatch_logs_exports", "includes": ["audit"]}"#,
            "enabled_cloudwatch_logs_exports = concat([\"audit\"], var.list)",
            &[],
        ),
        // what the provider fills in
        (r#"{"route": "auto_minor_version_upgrade", "equals": true}"#, "", &[]),
        (
            r#"{"route": "auto_minor_version_upgrade", "equals": true, "stated": true}"#,
            "",
            &["fail auto_minor_version_upgrade `auto_minor_version_upgrade` is not set: so"],
        ),
        (
            r#"{"route": "auto_minor_version_upgrade", "equals": true, "stated": true}"#,
            "auto_minor_version_upgrade = true",
            &[],
        ),
        // What is not known in a collection may make it the one that is asked for.
        (
            r#"{"route": "enabled_cloudwatch_logs_exports", "equals": ["audit"]}"#,
            "enabled_cloudwatch_logs_exports = [\"audit\", var.x]",
            &[
                "unknown enabled_cloudwatch_logs_exports whether `enabled_cloudwatch_logs_exports` is [\"audit\"] can't be decided: `var.x` has no value and no default",
            ],
        ),
        // conditions
        (
            r#"{"route": "multi_az", "equals": true, "when": {"engine": "mysql"}}"#,
            "engine = \"postgres\"",
            &[],
        ),
        (
            r#"{"route": "multi_az", "equals": true, "unless": {"engine": {"in": ["mysql"]}}}"#,
            "engine = \"mysql\"",
            &[],
        ),
        (
            r#"{"route": "multi_az", "equals": true, "when": {"engine": "mysql"}}"#,
            "engine = var.x",
            &[
                "unknown multi_az whether `multi_az` is true can't be decided: `var.x` has no value and no default",
            ],
        ),
        (
            r#"{"route": "multi_az", "equals": true, "unless": {"engine": "mysql"}}"#,
            "engine = var.x\nmulti_az = true",
            &[],
        ),
        (
            r#"{"route": "multi_az", "equals": true, "when": {"engine": "mysql"}, "unless": {"port": 1}}"#,
            "engine = var.x\nport = 1",
            &[],
        ),
    ];
    for (expectation, lines, want) in table {
        let module = format!(
            "resource \"aws_db_instance\" \"d\" {{\n  instance_class = \"db.t3.micro\"\n  {lines}\n}}\n"
        );
        assert_eq!(said(expectation, "aws_db_instance", &module), *want, "{expectation}\n{lines}");
    }
}

#[test]
fn blocks_and_elements() {
    let tokens = r#"{"route": "metadata_options.http_tokens", "equals": "required"}"#;
    let disks = r#"{"each": "ebs_block_device", "route": "encrypted", "equals": true}"#;
    let ssh = r#"{"each": "ingress", "route": "cidr_blocks", "never": "/0$", "when": {"from_port": {"at_most": 22}, "to_port": {"at_least": 22}}}"#;
    let ingress = |ports: &str| {
        format!("ingress {{\n {ports}\n protocol = \"tcp\"\n cidr_blocks = [\"0.0.0.0/0\"]\n}}\n")
    };
    let never = r#"{"each": "ingress", "route": "cidr_blocks", "never": "^0[.]0[.]0[.]0/0$"}"#;
    let disk =
        |line: &str| format!("ebs_block_device {{\n device_name = \"/dev/sd{}\"\n {line}\n}}\n", line.len());
    let table: &[(&str, &str, String, &[&str])] = &[
        (tokens, "aws_instance", String::new(), &["fail metadata_options there is no `metadata_options` block: so"]),
        (
            tokens,
            "aws_instance",
            "metadata_options {\n  http_endpoint = \"enabled\"\n}".into(),
            &["fail metadata_options[0].http_tokens `metadata_options.http_tokens` is not set: so"],
        ),
        (tokens, "aws_instance", "metadata_options {\n  http_tokens = \"required\"\n}".into(), &[]),
        (
            tokens,
            "aws_instance",
            "metadata_options {\n  http_tokens = \"optional\"\n}".into(),
            &["fail metadata_options[0].http_tokens `metadata_options.http_tokens` is \"optional\", not \"required\": so"],
        ),
        (
            tokens,
            "aws_instance",
            "dynamic \"metadata_options\" {\n  for_each = var.list\n  content {\n    http_tokens = \"required\"\n  }\n}".into(),
            &["unknown metadata_options whether `metadata_options.http_tokens` is \"required\" can't be decided: `var.list` has no value and no default"],
        ),
        // No blocks: nothing is asked of each.
        (disks, "aws_instance", String::new(), &[]),
        (
            disks,
            "aws_instance",
            format!("{}{}", disk("encrypted = true"), disk("encrypted = false")),
            &["fail ebs_block_device[1].encrypted `ebs_block_device[1].encrypted` is false: so"],
        ),
        // Conditions are asked of the block.
        (ssh, "aws_security_group", ingress("from_port = 443\n to_port = 443"), &[]),
        (
            ssh,
            "aws_security_group",
            ingress("from_port = 0\n to_port = 1024") + &ingress("from_port = 80\n to_port = 80"),
            &["fail ingress[0].cidr_blocks[0] `ingress[0].cidr_blocks` is \"0.0.0.0/0\": so"],
        ),
        (
            ssh,
            "aws_security_group",
            ingress("from_port = var.x\n to_port = 1024"),
            &["unknown ingress[0].cidr_blocks[0] whether `ingress.cidr_blocks` does not match `/0$` can't be decided: `var.x` has no value and no default"],
        ),
        (never, "aws_security_group", "ingress {\n from_port = 1\n to_port = 1\n protocol = \"tcp\"\n cidr_blocks = [\"10.0.0.0/8\"]\n}".into(), &[]),
        (
            never,
            "aws_security_group",
            "ingress {\n from_port = 1\n to_port = 1\n protocol = \"tcp\"\n cidr_blocks = concat([\"0.0.0.0/0\"], var.list)\n}".into(),
            &[
                "unknown ingress[0].cidr_blocks whether `ingress.cidr_blocks` does not match `^0[.]0[.]0[.]0/0$` can't be decided: `var.list` has no value and no default",
                "fail ingress[0].cidr_blocks[0] `ingress.cidr_blocks` is \"0.0.0.0/0\": so",
            ],
        ),
    ];
    for (expectation, kind, lines, want) in table {
        let module = format!("resource \"{kind}\" \"d\" {{\n  {lines}\n}}\n");
        let mut found = said(expectation, kind, &module);
        found.sort();
        let mut want: Vec<String> = want.iter().map(|w| (*w).to_owned()).collect();
        want.sort();
        assert_eq!(found, want, "{expectation}\n{lines}");
    }
}

#[test]
fn companions() {
    let block = r#"{"companion": "aws_s3_bucket_versioning", "link": {"bucket": "id"}, "equals": {"versioning_configuration.status": "Enabled"}}"#;
    let versioning = |head: &str, status: &str| {
        format!(
            "resource \"aws_s3_bucket_versioning\" \"v\" {{\n  {head}\n  versioning_configuration {{\n    status = {status}\n  }}\n}}\n"
        )
    };
    let refers = "bucket = aws_s3_bucket.b.id";
    let table: &[(String, &[&str])] = &[
        (String::new(), &["fail  no `aws_s3_bucket_versioning` refers to it: so"]),
        (versioning(refers, "\"Enabled\""), &[]),
        (versioning("bucket = \"name\"", "\"Enabled\""), &[]),
        (
            versioning(refers, "\"Suspended\""),
            &[
                "fail versioning_configuration[0].status `versioning_configuration.status` is \"Suspended\", not \"Enabled\": so",
            ],
        ),
        (
            versioning(refers, "var.x"),
            &[
                "unknown versioning_configuration[0].status whether `versioning_configuration.status` is \"Enabled\" can't be decided",
            ],
        ),
        (
            versioning(&format!("count = var.on ? 1 : 0\n  {refers}"), "\"Enabled\""),
            &["unknown  whether a `aws_s3_bucket_versioning` refers to it"],
        ),
        (
            versioning("bucket = var.x", "\"Enabled\""),
            &["unknown  whether a `aws_s3_bucket_versioning` refers to it"],
        ),
    ];
    for (other, want) in table {
        let module = format!("resource \"aws_s3_bucket\" \"b\" {{\n  bucket = \"name\"\n}}\n{other}");
        let found = said(block, "aws_s3_bucket", &module);
        assert_eq!(found.len(), want.len(), "{found:?}\n{other}");
        for (f, w) in found.iter().zip(*want) {
            assert!(f.starts_with(w), "{f}\n{w}");
        }
    }
}

/// One of several blocks has to be as asked; which of them does not matter.
#[test]
fn one_of_several_blocks() {
    let block = r#"{"route": "parameter", "has": {"name": "tls", "value": {"in": ["enabled", "tls1.2+"]}}, "fix": []}"#;
    let parameter =
        |name: &str, value: &str| format!("parameter {{\n  name = {name}\n  value = {value}\n}}\n");
    let missing = "fail parameter no `parameter` is there where `name` is \"tls\" and `value` is \"enabled\" or \"tls1.2+\": so";
    let open = "unknown parameter whether `parameter` has one where `name` is \"tls\" and `value` is \"enabled\" or \"tls1.2+\" can't be decided";
    let other = parameter("\"ttl_monitor\"", "\"enabled\"");
    let table: &[(String, &[&str])] = &[
        (String::new(), &[missing]),
        (parameter("\"tls\"", "\"enabled\""), &[]),
        (format!("{other}{}", parameter("\"tls\"", "\"tls1.2+\"")), &[]),
        (parameter("\"tls\"", "\"disabled\""), &[missing]),
        (other.clone(), &[missing]),
        // the name says that it is another one, whatever its value
        (parameter("\"ttl_monitor\"", "var.x"), &[missing]),
        (parameter("\"tls\"", "var.x"), &[open]),
        (parameter("var.x", "\"enabled\""), &[open]),
        (format!("{}{}", parameter("var.x", "var.x"), parameter("\"tls\"", "\"enabled\"")), &[]),
        (
            "dynamic \"parameter\" {\n  for_each = var.list\n  content {\n    name = parameter.value\n    value = \"enabled\"\n  }\n}\n".to_owned(),
            &[open],
        ),
    ];
    for (lines, want) in table {
        let module = format!(
            "resource \"aws_docdb_cluster_parameter_group\" \"g\" {{\n  family = \"docdb5.0\"\n{lines}}}\n"
        );
        let found = said(block, "aws_docdb_cluster_parameter_group", &module);
        assert_eq!(found.len(), want.len(), "{found:?}\n{lines}");
        for (f, w) in found.iter().zip(*want) {
            assert!(f.starts_with(w), "{f}\n{w}");
        }
    }
}

/// A mistake in an expectation is an error that names it, never silence.
#[test]
fn mistakes_are_named() {
    for (expectation, want) in [
        (r#"{"route": "a"}"#, "no test is there"),
        (r#"{"route": "a", "equals": 1, "in": [1]}"#, "one test is expected"),
        (r#"{"route": "a", "equal": 1}"#, "there is no key `equal`"),
        (r#"{"route": "a", "in": 1}"#, "`in` is no array"),
        (r#"{"route": "a", "matches": "("}"#, "`matches` is no pattern"),
        (r#"{"route": "a..b", "set": true}"#, "is no route"),
        (r#"{"companion": "aws_x"}"#, "`link` is no object"),
        (r#"{"route": "a", "set": true, "when": []}"#, "`when` is no object"),
        (r#"{"route": "a", "has": ["tls"]}"#, "`has` is no object"),
    ] {
        let policy = format!(
            "package org\nimport rego.v1\nexpect contains object.union({{\"of\": {{\"address\": \"aws_kms_key.k\"}}, \"else\": \"so\"}}, {expectation})\n"
        );
        let notes =
            support::notes(vec![PolicyFile::new("org.rego", policy.as_str())], &[("main.tf", VARIABLES)]);
        assert!(notes.iter().any(|n| n.contains(want)), "{expectation}: {notes:?}");
    }
}
