//! Whole files against what Terraform says of them; the answers are recorded beside the files.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails where its plan is not what it expects"
)]

mod support;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use support::load;
use trueline_model::{BreachKind, Plan};
use trueline_terraform::{Inputs, Parsed, read_plan};

#[test]
fn policy_documents_are_the_providers_byte_for_byte() {
    let main = include_str!("against_terraform/policy_documents.tf");
    let recorded: BTreeMap<String, [String; 3]> =
        serde_json::from_str(include_str!("against_terraform/policy_documents.json")).unwrap();
    assert!(recorded.len() >= 40);
    let (_, plan) = load(&[("main.tf", main)], &Inputs::default());
    let ours = &plan.json["planned_values"]["outputs"]["documents"]["value"];
    for (name, real) in &recorded {
        let of = |i: usize| ours[name][i].as_str().unwrap_or("unknown");
        for (i, text) in real.iter().enumerate() {
            assert_eq!(of(i), text, "{name}");
        }
    }
}

/// Digit for digit: JSON numbers are compared as they are written.
#[test]
fn numbers_have_the_digits_that_terraform_writes() {
    let files = [
        ("main.tf", include_str!("against_terraform/numbers.tf")),
        ("terraform.tfvars.json", include_str!("against_terraform/numbers.tfvars.json")),
    ];
    let real: Json = serde_json::from_str(include_str!("against_terraform/numbers.json")).unwrap();
    let (_, plan) = load(&files, &Inputs::default());
    let after: BTreeMap<&str, &Json> = plan.json["output_changes"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(n, o)| (n.as_str(), &o["after"]))
        .collect();
    assert_eq!(json!(after), real["output_changes"]);
    assert_eq!(plan.json["variables"], real["variables"]);
    assert_eq!(plan.json["resource_changes"][0]["change"]["after"]["input"], real["input"]);
    for (name, constant) in real["constants"].as_object().unwrap() {
        let ours = &plan.json["configuration"]["root_module"]["outputs"][name]["expression"];
        assert_eq!(ours["constant_value"], *constant, "{name}");
    }
    let read = read_plan("plan.json", &plan.json.to_string()).unwrap();
    assert_eq!(support::values(&read, "terraform_data.a", "input[0]"), "18446744073709551617");
}

#[test]
fn breaches_of_a_schema_are_those_that_terraform_validate_names() {
    let main = include_str!("against_terraform/breaches.tf");
    let recorded: Vec<(usize, String)> =
        serde_json::from_str(include_str!("against_terraform/breaches.json")).unwrap();
    let (parsed, plan) = load(&[("main.tf", main)], &Inputs::default());
    assert!(recorded.len() > 40);
    same_breaches(&parsed, &plan, &recorded);
}

#[test]
fn breaches_of_calls_and_providers_are_those_that_terraform_validate_names() {
    let files = [
        ("main.tf", include_str!("against_terraform/calls/main.tf")),
        ("net/main.tf", include_str!("against_terraform/calls/net.tf")),
        ("store/main.tf", include_str!("against_terraform/calls/store.tf")),
    ];
    let recorded: Vec<(usize, String)> =
        serde_json::from_str(include_str!("against_terraform/calls/validate.json")).unwrap();
    let (parsed, plan) = load(&files, &Inputs::default());
    assert!(recorded.len() > 35);
    same_breaches(&parsed, &plan, &recorded);
    let owner = |name: &str| plan.breaches.iter().find(|b| &*b.name == name).unwrap().owner.to_string();
    assert_eq!([owner("vpc_cdir"), owner("rol_arn")], ["module.m01", "provider.aws.a4"]);
    let near: Vec<&str> = plan.breaches.iter().filter_map(|b| b.near.as_deref()).collect();
    assert_eq!(near.len(), 14, "{near:?}");
}

/// Line and kind of each breach are those of Terraform's errors.
/// The bindings do not tell what stands in a block that may hold itself: nothing in it is refused.
#[test]
fn what_only_bindings_know_refuses_nothing_where_they_tell_nothing() {
    let statement = "byte_match_statement {\n          search_string         = \"x\"\n          positional_constraint = \"EXACTLY\"\n        }";
    let text = format!(
        "terraform {{\n  required_providers {{\n    aws = {{\n      source  = \"hashicorp/aws\"\n      version = \"6.66.0\"\n    }}\n  }}\n}}\n\
         resource \"aws_wafv2_web_acl_rule\" \"r\" {{\n  web_acl_arn = \"arn\"\n  name        = \"r\"\n  priority    = 1\n  nonsense    = 1\n\
           action {{\n    block {{}}\n  }}\n  statement {{\n    and_statement {{\n      statement {{\n        {statement}\n      }}\n    }}\n  }}\n\
           visibility_config {{\n    cloudwatch_metrics_enabled = true\n    metric_name                = \"r\"\n    sampled_requests_enabled   = true\n  }}\n}}\n"
    );
    let plan = support::plan_of(&[("main.tf", &text)]);
    let found: Vec<&str> = plan.breaches.iter().map(|b| &*b.name).collect();
    assert_eq!(found, ["nonsense"]);
}

fn same_breaches(parsed: &Parsed, plan: &Plan, recorded: &[(usize, String)]) {
    let word = |kind: BreachKind| match kind {
        BreachKind::UnknownType => "type",
        BreachKind::MissingArgument => "missing",
        BreachKind::UnknownArgument | BreachKind::WrongBlockKind => "unexpected",
    };
    let mut ours: Vec<(usize, &str)> = plan
        .breaches
        .iter()
        .map(|b| {
            let file = parsed.sources.get(b.at.file).unwrap();
            (file.lines.line(b.at.span.start) + 1, word(b.kind))
        })
        .collect();
    let mut real: Vec<(usize, &str)> = recorded
        .iter()
        .map(|(line, summary)| {
            let kind = match summary.as_str() {
                "Invalid resource type" | "Invalid data source" => "type",
                "Missing required argument" => "missing",
                s if s.starts_with("Insufficient ") => "missing",
                _ => "unexpected",
            };
            (*line, kind)
        })
        .collect();
    ours.sort_unstable();
    real.sort_unstable();
    assert_eq!(ours, real);
}

#[test]
fn a_schema_says_nothing_about_versions_that_the_constraint_does_not_admit() {
    let breaches = |version: &str| {
        let main = format!(
            "terraform {{\n  required_providers {{\n    aws = {{\n      source  = \"hashicorp/aws\"\n      version = \"{version}\"\n    }}\n  }}\n}}\n\
             resource \"aws_sqs_queue\" \"q\" {{\n  count      = 0\n  nam        = \"x\"\n}}\n"
        );
        load(&[("main.tf", &main)], &Inputs::default()).1.breaches
    };
    for unknown in ["~> 1.0", ">= 1.0", "~> 2.70", "~> 7.0", "garbage", "~> 4.0, ~> 5.0"] {
        assert!(breaches(unknown).is_empty(), "{unknown}");
    }
    for known in ["~> 5.0", "", ">= 3.0", "~> 4.0", "6.45.0"] {
        let found = breaches(known);
        assert_eq!(found.len(), 1, "{known}: also where there is no instance");
        assert_eq!((found[0].near.as_deref(), found[0].route.to_string().as_str()), (Some("name"), "nam"));
    }
}

#[test]
fn a_name_is_near_only_if_no_other_is() {
    let main = "resource \"aws_subnet\" \"s\" {\n  vpc_id = \"vpc-1\"\n  ipv6_nativ = true\n  x = 1\n}\n\
                resource \"aws_instance\" \"i\" {\n  dynamic \"root_blok_device\" {\n    for_each = [1]\n    content {}\n  }\n}\n";
    let (_, plan) = load(&[("main.tf", main)], &Inputs::default());
    let near: BTreeMap<&str, Option<&str>> =
        plan.breaches.iter().map(|b| (&*b.name, b.near.as_deref())).collect();
    assert_eq!(near["ipv6_nativ"], Some("ipv6_native"));
    assert_eq!(near["x"], None);
    // A label of a dynamic block is not renamed.
    assert_eq!(near["root_blok_device"], None);
    assert_eq!(plan.json["resource_changes"].as_array().map(Vec::len), Some(2), "{:?}", Json::Null);
}
