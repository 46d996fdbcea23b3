//! Whatever is done to a module before: a fix is deterministic and settled, keeps comments, resources and bytes, and
//! what `terraform fmt` accepted.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may stop, read its files and say what it skips"
)]

mod mutation;
mod rule;

use std::collections::BTreeSet;

use mutation::{kept, mutate, mutation};
use proptest::prelude::*;
use rule::{Rule, judge};
use serde_json::json;
use trueline_fix::{Outcome, Task, fix_judged};
use trueline_model::Plan;
use trueline_terraform::{Inputs, Parsed, plan};
use trueline_text::Memory;

const MODULE: &str = r#"# A module as people write them.
variable "encrypted" {
  type    = bool
  default = false # not yet
}

variable "tags" {
  type    = map(string)
  default = {}
}

locals {
  name = "site"
  common = {
    Team = "core" # us
    Name = local.name
  }
}

resource "aws_s3_bucket" "site" {
  bucket = local.name
  tags   = local.common
}

resource "aws_s3_bucket" "logs" {
  for_each = toset(["a", "b"])
  bucket   = "logs-${each.key}" /* per team */
  tags     = merge(local.common, { Kind = "logs" })
}

resource "aws_s3_bucket_versioning" "site" {
  bucket = aws_s3_bucket.site.id

  versioning_configuration {
    status = "Suspended"
  }
}

resource "aws_ebs_volume" "data" {
  count             = 2
  availability_zone = "us-east-1a"
  size              = 10            # GiB
  encrypted         = var.encrypted # by variable
  tags              = var.tags
}

resource "aws_ebs_volume" "logs" { availability_zone = "us-east-1b" }

resource "aws_instance" "web" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/sh
    echo "${local.name}" # no comment
  EOT

  # the root device
  root_block_device {
    volume_size = 8
    encrypted   = false
  }
}

resource "aws_iam_policy" "read" {
  name = "read"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "*" # everything
      Resource = "*"
    }]
  })
}

resource "aws_iam_policy" "write" {
  name   = "write"
  policy = <<EOT
{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "${aws_s3_bucket.site.arn}"}]
}
EOT
}
"#;

fn rules() -> Vec<Rule> {
    [
        json!({"rule": "p/encrypted", "every": "aws_ebs_volume", "fix": [{"set": "encrypted", "value": true}]}),
        json!({"rule": "p/owner", "every": "aws_s3_bucket", "fix": [{"default": "tags.Owner", "value": "me"}]}),
        json!({"rule": "p/owner-of-volume", "every": "aws_ebs_volume", "fix": [{"default": "tags.Owner", "value": "me"}]}),
        json!({"rule": "p/root", "every": "aws_instance", "fix": [{"set": "root_block_device.encrypted", "value": true}]}),
        json!({"rule": "p/size", "every": "aws_ebs_volume", "fix": [{"remove": "size"}]}),
        json!({"rule": "p/versioning", "every": "aws_s3_bucket", "fix": [{"ensure": "aws_s3_bucket_versioning",
            "link": {"bucket": "id"}, "set": {"versioning_configuration.status": "Enabled"}}]}),
        json!({"rule": "p/policy", "every": "aws_iam_policy", "fix": [{"statement": "policy",
            "change": [{"set": "Statement[0].Action", "value": ["s3:GetObject"]}]}]}),
    ]
    .iter()
    .map(Rule::read)
    .collect()
}

fn run(text: &str, backwards: bool) -> (Plan, Outcome) {
    let files = Memory::from_iter([("main.tf", text)]);
    let parsed = Parsed::load(&files, &[".".to_owned()]);
    let inputs = |_: &str| vec![Inputs::default()];
    let before = plan(&files, &parsed, ".", &Inputs::default());
    let rules = rules();
    let say = |plans: &[Plan], parsed: &Parsed| judge(&rules, plans, parsed);
    let mut report = say(std::slice::from_ref(&before), &parsed);
    if backwards {
        report.findings.reverse();
    }
    let task = Task {
        files: &files,
        parsed: &parsed,
        inputs: &inputs,
        plans: std::slice::from_ref(&before),
        report: &report,
        own: None,
        is_new: &|_, _| true,
        tags: trueline_fix::TagPlace::Shared,
        allow_unsafe: false,
        asked: &|_| true,
        threads: 1,
    };
    let outcome = fix_judged(&task, &say);
    (before, outcome)
}

fn addresses(plan: &Plan) -> BTreeSet<String> {
    plan.resources.iter().chain(&plan.data).map(|r| r.address.to_string()).collect()
}

#[test]
fn the_module_as_it_is_has_all_its_findings_mended() {
    let (_, out) = run(MODULE, false);
    let left: Vec<String> =
        out.withheld.iter().map(|w| format!("{}: {}", w.finding.rule, w.reason)).collect();
    assert!(left.is_empty(), "{left:#?}");
    assert!(trueline_hcl::format(MODULE) == MODULE, "the module is formatted");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn promises_hold_whatever_was_done_to_the_module(mutations in prop::collection::vec(mutation(), 0..10)) {
        let text = mutate(MODULE, &mutations);
        let (before, out) = run(&text, false);
        let Some(change) = out.changes.get("main.tf") else {
            prop_assert!(out.applied.is_empty());
            return Ok(());
        };
        let fixed = &change.after;
        prop_assert_eq!(kept(&text, fixed), Ok(()));
        let (after, again) = run(fixed, false);
        prop_assert!(again.changes.is_empty(), "a second run changes: {:?}", again.applied.iter().map(|a| &a.finding.rule).collect::<Vec<_>>());
        prop_assert!(addresses(&before).is_subset(&addresses(&after)));
        let (_, backwards) = run(&text, true);
        prop_assert_eq!(&backwards.changes, &out.changes);
    }
}
