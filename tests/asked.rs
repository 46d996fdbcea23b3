//! What rules ask for, told beforehand; and an organization's own expectations, from the command line to the fix.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::disallowed_methods)] // the program is run from outside

mod program;

use program::Run;

const POLICY: &str = r#"package main

import rego.v1

# METADATA
# title: Queue that keeps messages for less than a week
# custom:
#   id: org/sqs/retention
expect contains {
	"of": r,
	"route": "message_retention_seconds",
	"at_least": 604800,
	"else": "messages are lost over a long weekend",
} if some r in data.trueline.resources.aws_sqs_queue
"#;

#[test]
fn an_organizations_expectation_finds_leaves_open_and_mends() {
    let dir = tempfile::TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("policy/org.rego", POLICY);
    write(
        "main.tf",
        "variable \"days\" { type = number }\n\nresource \"aws_sqs_queue\" \"a\" {\n  message_retention_seconds = 3600\n  sqs_managed_sse_enabled   = true\n}\n\n\
         resource \"aws_sqs_queue\" \"b\" {\n  message_retention_seconds = var.days\n  sqs_managed_sse_enabled   = true\n}\n",
    );
    let checked = Run::of(dir.path(), &["check", "--format", "json"]);
    assert_eq!(checked.code, 1, "{}", checked.stderr);
    let json: serde_json::Value = serde_json::from_str(&checked.stdout).unwrap();
    let said: Vec<String> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["rule"] == "org/sqs/retention")
        .map(|f| {
            format!(
                "{} {}: {}",
                f["verdict"].as_str().unwrap(),
                f["address"].as_str().unwrap(),
                f["message"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            "fail aws_sqs_queue.a: `message_retention_seconds` is 3600, less than 604800: messages are lost over a long weekend",
            "unknown aws_sqs_queue.b: whether `message_retention_seconds` is at least 604800 can't be decided: `var.days` has no value and no default",
        ]
    );
    Run::of(dir.path(), &["fix"]);
    let text = std::fs::read_to_string(dir.path().join("main.tf")).unwrap();
    assert!(text.contains("  message_retention_seconds = 604800\n"), "{text}");
}

#[test]
fn a_brief_says_what_types_are_asked_for_and_a_checklist_all_that_is_on() {
    let dir = tempfile::TempDir::new().unwrap();
    let brief = Run::of(dir.path(), &["brief", "--for", "aws_kms_key"]);
    assert_eq!(brief.code, 0, "{}", brief.stderr);
    assert!(brief.stdout.contains("- `aws_kms_key.enable_key_rotation` must be true"), "{}", brief.stdout);
    assert!(brief.stdout.contains("    enable_key_rotation     = true\n"), "{}", brief.stdout);
    assert!(!brief.stdout.contains("aws_db_instance"), "{}", brief.stdout);
    let off = Run::of(dir.path(), &["brief", "--for", "aws_kms_kye"]);
    assert_eq!(off.code, 2, "{}", off.stdout);
    assert!(off.stderr.contains("no rule that is on looks at `aws_kms_kye`"), "{}", off.stderr);
    std::fs::write(dir.path().join("trueline.toml"), "[rules]\n\"aws/kms/key-without-rotation\" = \"off\"\n")
        .unwrap();
    let list = Run::of(dir.path(), &["checklist"]);
    assert!(list.stdout.contains("- [ ] RDS instance with unencrypted storage."), "{}", list.stdout);
    assert!(!list.stdout.contains("aws/kms/key-without-rotation"), "{}", list.stdout);
}
