//! Plans as text: as `terraform show` prints them, with origins, and with what is sensitive masked.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads its own files")]

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};
use trueline_engine::{plan_text as plan, redact};
use trueline_model::MASK;
use trueline_terraform::{Inputs, Parsed, read_plan};
use trueline_text::Memory;

/// What stands behind the introduction, which tells who made the plan.
fn actions(text: &str) -> &str {
    text.split_once("perform the following actions:\n").map_or(text, |(_, rest)| rest).trim_end()
}

/// Both files were printed by Terraform 1.11.4 for the same plan.
#[test]
fn a_plan_reads_as_terraform_prints_it() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans");
    for name in ["dynamic", "iam", "nested", "providers", "sensitive", "templates"] {
        let text = fs::read_to_string(data.join(format!("{name}.plan.json"))).unwrap();
        let shown = plan(&read_plan(name, &text).unwrap(), None);
        let wanted = fs::read_to_string(data.join(format!("{name}.txt"))).unwrap();
        assert_eq!(actions(&shown), actions(&wanted), "{name}");
    }
}

const MODULE: &str = r#"variable "name" {
  default = "logs"
}
variable "token" {
  type      = string
  sensitive = true
  default   = "hunter2hunter2"
}
resource "aws_s3_bucket" "b" {
  bucket = var.name
  tags   = { Token = var.token, Kind = "plain" }
}
resource "aws_db_instance" "d" {
  password = "literal-secret"
}
resource "aws_ssm_parameter" "p" {
  name  = "/p"
  value = jsonencode({ t = var.token })
}
module "m" {
  source = "./m"
  key    = "argument-secret"
}
output "o" {
  value     = var.token
  sensitive = true
}
"#;

fn evaluated() -> (trueline_model::Plan, Parsed) {
    let files = Memory::from_iter([
        ("main.tf", MODULE),
        (
            "m/main.tf",
            "variable \"key\" {\n  sensitive = true\n}\nresource \"aws_sns_topic\" \"t\" {\n  display_name = var.key\n}\n",
        ),
    ]);
    let parsed = Parsed::load(&files, &[".".to_owned()]);
    let plan = trueline_terraform::plan(&files, &parsed, ".", &Inputs::default());
    (plan, parsed)
}

#[test]
fn origins_tell_the_way_back_to_where_a_value_was_written() {
    let (made, parsed) = evaluated();
    let text = plan(&made, Some(&parsed.sources));
    let wanted = "= \"logs\"  # var.name at main.tf:10:12 ← default of name at main.tf:2:13\n";
    assert!(text.contains(wanted), "{text}");
    assert!(!plan(&made, None).contains("main.tf"));
}

#[test]
fn no_sensitive_value_is_in_the_text_or_in_redacted_json() {
    let (made, parsed) = evaluated();
    let secrets = ["hunter2hunter2", "literal-secret", "argument-secret"];
    let whole = made.json.to_string();
    for text in [plan(&made, Some(&parsed.sources)), redact(&made.json).to_string()] {
        for secret in secrets {
            assert!(whole.contains(secret) && !text.contains(secret), "{secret} in {text}");
        }
    }
    let redacted = redact(&made.json);
    let after = |address: &str| -> Json {
        let changes = redacted["resource_changes"].as_array().unwrap();
        changes.iter().find(|c| c["address"] == address).unwrap()["change"]["after"].clone()
    };
    assert_eq!(after("aws_s3_bucket.b")["tags"], json!({"Token": MASK, "Kind": "plain"}));
    assert_eq!(after("aws_db_instance.d")["password"], MASK);
    assert_eq!(redacted["variables"]["token"]["value"], MASK);
    assert_eq!(redacted["output_changes"]["o"]["after"], MASK);
    assert_eq!(redacted["configuration"]["root_module"]["variables"]["token"]["default"], MASK);
    assert_eq!(redact(&redacted), redacted);
}

#[test]
fn what_is_ephemeral_is_masked_like_what_is_sensitive() {
    let main = r#"variable "password" {
  ephemeral = true
  default   = "s3cret-default"
}
variable "given" {
  ephemeral = true
}
module "m" {
  source = "./m"
  key    = "s3cret-argument"
}
resource "aws_db_instance" "d" {
  identifier          = "d-${var.password}"
  password_wo         = "${var.given}-s3cret-part"
  password_wo_version = 1
}
resource "aws_sqs_queue" "q" {
  name = var.given
  tags = { Kind = "plain", Token = var.password }
}
output "o" {
  value = var.password
}
"#;
    let files = Memory::from_iter([
        ("main.tf", main),
        ("terraform.tfvars", "given = \"s3cret-given\"\n"),
        ("m/main.tf", "variable \"key\" {\n  ephemeral = true\n}\n"),
    ]);
    let parsed = Parsed::load(&files, &[".".to_owned()]);
    let made = trueline_terraform::plan(&files, &parsed, ".", &Inputs::default());
    for text in [plan(&made, Some(&parsed.sources)), redact(&made.json).to_string()] {
        for secret in ["s3cret-default", "s3cret-given", "s3cret-argument"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        assert!(text.contains("plain"), "{text}");
    }
}
