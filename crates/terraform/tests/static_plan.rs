//! Modules in memory, evaluated into plans: values, addresses, notes.

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

mod support;

use support::{load, plan_of, plan_with, values};
use trueline_model::{NoteKind, Plan, Reason};
use trueline_terraform::{Given, Inputs};

#[test]
fn variables_take_the_last_of_default_tfvars_auto_tfvars_files_and_flags() {
    let files = [
        (
            "main.tf",
            "variable \"v\" { default = 0 }\noutput \"v\" { value = var.v }\nresource \"aws_sqs_queue\" \"q\" { delay_seconds = var.v }",
        ),
        ("terraform.tfvars", "v = 1"),
        ("a.auto.tfvars", "v = 2"),
        ("b.auto.tfvars.json", "{\"v\": 3}"),
        ("other.tfvars", "v = 4"),
    ];
    let seen = |n: usize, inputs: &Inputs| {
        let plan = plan_with(files.get(..n).unwrap(), inputs);
        values(&plan, "aws_sqs_queue.q", "delay_seconds")
    };
    let none = Inputs::default();
    assert_eq!((1..=5).map(|n| seen(n, &none)).collect::<Vec<_>>(), ["0", "1", "2", "3", "3"]);
    let (file, value) = (Given::File("other.tfvars".into()), Given::Value("v".into(), "5".into()));
    let given = |given: &[&Given]| {
        let given = given.iter().copied().cloned().collect();
        seen(5, &Inputs { given, ..Inputs::default() })
    };
    assert_eq!([given(&[&file]), given(&[&file, &value]), given(&[&value, &file])], ["4", "5", "4"]);
}

#[test]
fn optional_attributes_get_defaults_at_any_depth_and_null_counts_as_missing() {
    let plan = plan_of(&[(
        "main.tf",
        r#"
        variable "v" {
          type = list(object({ a = optional(string, "x"), b = optional(object({ c = optional(number, 7) }), {}) }))
          default = [{}, { a = null, b = { c = 1 } }]
        }
        resource "aws_ssm_parameter" "p" {
          count = 2
          value = "${var.v[count.index].a}${var.v[count.index].b.c}"
        }"#,
    )]);
    assert_eq!(values(&plan, "aws_ssm_parameter.p[0]", "value"), "\"x7\"");
    assert_eq!(values(&plan, "aws_ssm_parameter.p[1]", "value"), "\"x1\"");
    assert!(plan.notes.iter().all(|n| n.kind != NoteKind::Error), "{:?}", plan.notes);
}

#[test]
fn a_variable_without_value_is_unknown_for_that_reason() {
    let plan = plan_of(&[(
        "main.tf",
        "variable \"v\" {}\nresource \"aws_sqs_queue\" \"q\" { name = \"a-${var.v}-b\" }",
    )]);
    let v = support::value(&plan, "aws_sqs_queue.q", "name");
    assert_eq!(v.reason(), Some(&Reason::Variable("v".into())));
    assert_eq!(values(&plan, "aws_sqs_queue.q", "name"), "unknown \"a-…-b\"");
}

#[test]
fn instances_are_named_by_count_and_for_each_through_modules() {
    let plan = plan_of(&[
        (
            "main.tf",
            "module \"m\" {\n source = \"./m\"\n for_each = toset([\"b\", \"a\"])\n n = length(each.key)\n}",
        ),
        (
            "m/main.tf",
            "variable \"n\" {}\nresource \"aws_sqs_queue\" \"q\" { count = var.n + 1 }\nresource \"aws_sqs_queue\" \"none\" { count = 0 }",
        ),
    ]);
    let names: Vec<String> = plan.resources.iter().map(|r| r.address.to_string()).collect();
    assert_eq!(
        names,
        ["a", "b"]
            .map(|k| (0..2).map(move |i| format!("module.m[\"{k}\"].aws_sqs_queue.q[{i}]")))
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
    );
    assert_eq!(plan.directories.iter().map(|d| &**d).collect::<Vec<_>>(), [".", "m"]);
    assert_eq!(plan.callers.get("m").map(Vec::len), Some(1));
}

#[test]
fn undecided_instances_are_one_deferred_placeholder_that_is_no_change() {
    let plan = plan_of(&[
        (
            "main.tf",
            r#"
        resource "aws_sqs_queue" "q" {}
        resource "aws_sns_topic" "t" {
          count = aws_sqs_queue.q.url == "x" ? 1 : 0
          name  = "fixed"
        }
        module "m" {
          source   = "./m"
          for_each = toset([aws_sqs_queue.q.arn])
        }
        resource "aws_sns_topic" "u" { name = aws_sns_topic.t[0].name }"#,
        ),
        ("m/main.tf", "resource \"aws_sqs_queue\" \"q\" {}"),
    ]);
    let deferred: Vec<String> =
        plan.resources.iter().filter(|r| r.deferred).map(|r| r.address.to_string()).collect();
    assert_eq!(deferred, ["aws_sns_topic.t[*]", "module.m[*].aws_sqs_queue.q"]);
    assert_eq!(values(&plan, "aws_sns_topic.t[*]", "name"), "\"fixed\"");
    assert!(support::value(&plan, "aws_sns_topic.u", "name").is_unknown());
    let listed = |key: &str| plan.json.get(key).and_then(|v| v.as_array()).map(Vec::len);
    assert_eq!((listed("resource_changes"), listed("deferred_changes")), (Some(2), Some(2)));
}

#[test]
fn a_chain_of_ten_thousand_locals_is_evaluated_and_a_circle_is_named() {
    let mut text = String::from("locals {\n l0 = 1\n");
    for i in 1..10_000 {
        text.push_str(&format!(" l{i} = local.l{} + 1\n", i - 1));
    }
    text.push_str("}\nresource \"aws_sqs_queue\" \"q\" { delay_seconds = local.l9999 }");
    assert_eq!(values(&plan_of(&[("main.tf", &text)]), "aws_sqs_queue.q", "delay_seconds"), "10000");

    let plan = plan_of(&[(
        "main.tf",
        r#"
        locals {
          a = local.b
          b = aws_sqs_queue.q.name
        }
        resource "aws_sqs_queue" "q" {
          name = local.a
          delay_seconds = 3
        }"#,
    )]);
    let note = plan.notes.iter().find(|n| n.message.contains("circle")).expect("a note");
    for name in ["`local.a`", "`local.b`", "`aws_sqs_queue.q`"] {
        assert!(note.message.contains(name), "{}", note.message);
    }
    assert_eq!(values(&plan, "aws_sqs_queue.q", "delay_seconds"), "3");
}

#[test]
fn what_fails_is_unknown_and_noted_once_with_its_place_and_the_rest_goes_on() {
    let (parsed, plan) = load(
        &[(
            "main.tf",
            "resource \"aws_sqs_queue\" \"q\" {\n  count = 3\n  name = [\"a\"][7]\n  delay_seconds = 2\n}\n",
        )],
        &Inputs::default(),
    );
    let errors: Vec<_> = plan.notes.iter().filter(|n| n.kind == NoteKind::Error).collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    let at = errors.first().and_then(|n| n.at).unwrap();
    assert_eq!(parsed.sources.get(at.file).unwrap().position(at.span.start).line, 3);
    assert!(matches!(support::value(&plan, "aws_sqs_queue.q[1]", "name").reason(), Some(Reason::Error(_))));
    assert_eq!(values(&plan, "aws_sqs_queue.q[1]", "delay_seconds"), "2");
}

#[test]
fn attributes_that_nothing_sets_are_null_unset_or_the_providers() {
    let plan = plan_of(&[(
        "main.tf",
        "resource \"aws_s3_bucket\" \"b\" {}\nresource \"aws_s3_bucket\" \"c\" { bucket = aws_s3_bucket.b.arn }",
    )]);
    assert_eq!(support::value(&plan, "aws_s3_bucket.b", "arn").reason(), Some(&Reason::Unset));
    assert!(support::value(&plan, "aws_s3_bucket.b", "tags").is_null());
    // To another resource it is computed.
    assert!(matches!(
        support::value(&plan, "aws_s3_bucket.c", "bucket").reason(),
        Some(Reason::Computed(..))
    ));
}

#[test]
fn dynamic_blocks_become_blocks_and_undecided_ones_an_unknown() {
    let plan = plan_of(&[(
        "main.tf",
        r#"
        resource "aws_s3_bucket" "b" {
          dynamic "cors_rule" {
            for_each = { GET = "a", PUT = "b" }
            iterator = it
            content {
              allowed_methods = [it.key]
              allowed_origins = [it.value]
            }
          }
          cors_rule {
            allowed_methods = ["HEAD"]
            allowed_origins = ["c"]
          }
          dynamic "lifecycle_rule" {
            for_each = aws_s3_bucket.c.tags_all
            content { enabled = true }
          }
        }
        resource "aws_s3_bucket" "c" {}"#,
    )]);
    let methods: Vec<String> = (0..3)
        .map(|i| values(&plan, "aws_s3_bucket.b", &format!("cors_rule[{i}].allowed_methods[0]")))
        .collect();
    assert_eq!(methods, ["\"GET\"", "\"PUT\"", "\"HEAD\""]);
    assert!(support::value(&plan, "aws_s3_bucket.b", "lifecycle_rule").is_unknown());
}

#[test]
fn default_tags_are_laid_under_the_resources_own() {
    let plan = plan_of(&[(
        "main.tf",
        r#"
        provider "aws" {
          region = "eu-west-1"
          default_tags { tags = { A = "1", B = "2" } }
        }
        provider "aws" {
          alias  = "plain"
          region = "us-east-1"
        }
        resource "aws_sqs_queue" "both" { tags = { B = "3" } }
        resource "aws_sqs_queue" "none" {}
        resource "aws_sqs_queue" "open" { tags = { C = aws_sqs_queue.none.url } }
        resource "aws_sqs_queue" "plain" { provider = aws.plain }"#,
    )]);
    assert_eq!(values(&plan, "aws_sqs_queue.both", "tags_all"), "{A: \"1\", B: \"3\"}");
    assert_eq!(values(&plan, "aws_sqs_queue.none", "tags_all"), "{A: \"1\", B: \"2\"}");
    assert!(support::value(&plan, "aws_sqs_queue.open", "tags_all").is_unknown());
    assert_eq!(support::value(&plan, "aws_sqs_queue.plain", "tags_all").reason(), Some(&Reason::Unset));
    let region = |a: &str| support::resource(&plan, a).provider.region.clone();
    assert_eq!(region("aws_sqs_queue.none").as_deref(), Some("eu-west-1"));
    assert_eq!(region("aws_sqs_queue.plain").as_deref(), Some("us-east-1"));
}

#[test]
fn providers_reach_modules_by_inheritance_and_by_name() {
    let plan = plan_of(&[
        (
            "main.tf",
            r#"
            provider "aws" { region = "us-east-1" }
            provider "aws" {
              alias  = "west"
              region = "us-west-2"
            }
            module "a" { source = "./m" }
            module "b" {
              source    = "./m"
              providers = { aws = aws.west }
            }"#,
        ),
        ("m/main.tf", "resource \"aws_sqs_queue\" \"q\" {}"),
    ]);
    let region =
        |a: &str| support::resource(&plan, a).provider.region.clone().unwrap_or_default().to_string();
    assert_eq!(region("module.a.aws_sqs_queue.q"), "us-east-1");
    assert_eq!(region("module.b.aws_sqs_queue.q"), "us-west-2");
}

#[test]
fn override_files_replace_arguments_and_blocks_by_type() {
    let plan = plan_of(&[
        (
            "main.tf",
            "resource \"aws_s3_bucket\" \"b\" {\n bucket = \"old\"\n force_destroy = true\n versioning { enabled = true }\n}",
        ),
        (
            "z_override.tf",
            "resource \"aws_s3_bucket\" \"b\" {\n bucket = \"new\"\n versioning { enabled = false }\n}",
        ),
        ("override.tf", "resource \"aws_s3_bucket\" \"b\" { bucket = \"earlier\" }"),
    ]);
    assert_eq!(values(&plan, "aws_s3_bucket.b", "bucket"), "\"new\"");
    assert_eq!(values(&plan, "aws_s3_bucket.b", "force_destroy"), "true");
    assert_eq!(values(&plan, "aws_s3_bucket.b", "versioning[0].enabled"), "false");
    assert_eq!(support::value(&plan, "aws_s3_bucket.b", "versioning").as_items().map(<[_]>::len), Some(1));
}

#[test]
fn json_syntax_declares_the_same_things() {
    let plan = plan_of(&[(
        "main.tf.json",
        r#"{"//": "said", "variable": {"n": {"default": "x"}},
            "resource": {"aws_s3_bucket": {"b": {"bucket": "${var.n}-1", "versioning": {"enabled": true},
              "cors_rule": [{"allowed_methods": ["GET"], "allowed_origins": ["*"]}]}}}}"#,
    )]);
    assert_eq!(values(&plan, "aws_s3_bucket.b", "bucket"), "\"x-1\"");
    assert_eq!(values(&plan, "aws_s3_bucket.b", "versioning[0].enabled"), "true");
    assert_eq!(values(&plan, "aws_s3_bucket.b", "cors_rule[0].allowed_methods[0]"), "\"GET\"");
    assert!(plan.notes.is_empty(), "{:?}", plan.notes);
}

#[test]
fn data_sources_are_answered_by_settings_by_the_region_or_stay_unknown() {
    let text = r#"
        provider "aws" { region = "eu-west-1" }
        data "aws_availability_zones" "z" {}
        data "aws_region" "r" {}
        data "aws_caller_identity" "me" {}
        resource "aws_sqs_queue" "q" { name = "${data.aws_region.r.name}-${data.aws_caller_identity.me.account_id}" }
        resource "aws_sns_topic" "t" { count = length(data.aws_availability_zones.z.names) }
    "#;
    let plan = plan_of(&[("main.tf", text)]);
    assert_eq!(values(&plan, "aws_sqs_queue.q", "name"), "unknown \"eu-west-1-…\"");
    assert!(support::resource(&plan, "aws_sns_topic.t[*]").deferred);
    let inputs = Inputs {
        account_id: Some("123456789012".into()),
        data: serde_json::json!({"aws_availability_zones": {"names": ["a", "b"]}}),
        ..Inputs::default()
    };
    let plan = plan_with(&[("main.tf", text)], &inputs);
    assert_eq!(values(&plan, "aws_sqs_queue.q", "name"), "\"eu-west-1-123456789012\"");
    assert_eq!(plan.resources.iter().filter(|r| &*r.address.kind == "aws_sns_topic").count(), 2);
}

#[test]
fn sets_and_maps_with_an_unknown_element_are_shown_as_the_provider_does_and_kept_for_policies() {
    let plan = plan_of(&[(
        "main.tf",
        r#"
        resource "aws_security_group" "s" {}
        resource "aws_instance" "i" {
          vpc_security_group_ids = ["sg-1", aws_security_group.s.id]
        }"#,
    )]);
    assert_eq!(
        support::value(&plan, "aws_instance.i", "vpc_security_group_ids").as_items().map(<[_]>::len),
        Some(2)
    );
    let change = |key: &str| {
        let all = plan.json.get("resource_changes")?.as_array()?;
        let one = all.iter().find(|r| r.get("address").and_then(|a| a.as_str()) == Some("aws_instance.i"))?;
        one.get("change")?.get(key).cloned()
    };
    let unknown = change("after_unknown").unwrap();
    assert_eq!(unknown.get("vpc_security_group_ids"), Some(&serde_json::json!(true)));
}

#[test]
fn sensitivity_goes_where_the_value_goes() {
    let plan = plan_of(&[(
        "main.tf",
        r#"
        variable "s" {
          default   = "p"
          sensitive = true
        }
        resource "aws_sqs_queue" "q" {
          name          = "x-${var.s}"
          delay_seconds = length(var.s) > 3 ? 1 : 2
          tags          = { A = upper(var.s), B = "b" }
        }"#,
    )]);
    let marked = |route: &str| support::value(&plan, "aws_sqs_queue.q", route).sensitive;
    assert_eq!(["name", "delay_seconds", "tags.A", "tags.B"].map(marked), [true, true, true, false]);
}

#[test]
fn conditions_of_the_module_itself_are_noted_when_they_are_certainly_false() {
    let plan = plan_of(&[(
        "main.tf",
        r#"
        variable "n" {
          default = 1
          validation {
            condition     = var.n > 1
            error_message = "n is ${var.n}"
          }
          validation {
            condition     = var.n < 2
            error_message = "never"
          }
        }
        resource "aws_sqs_queue" "q" {
          name = "x"
          lifecycle {
            postcondition {
              condition     = self.name != "x"
              error_message = "the name is ${self.name}"
            }
            postcondition {
              condition     = self.arn != "x"
              error_message = "not decided"
            }
          }
        }
        check "c" {
          assert {
            condition     = aws_sqs_queue.q.name == "y"
            error_message = "no y"
          }
        }"#,
    )]);
    let said: Vec<(NoteKind, &str)> = plan.notes.iter().map(|n| (n.kind, n.message.as_str())).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    for (kind, part) in [
        (NoteKind::Error, "variable `n` is refused: n is 1"),
        (NoteKind::Error, "the name is x"),
        (NoteKind::Warning, "check `c` fails: no y"),
    ] {
        assert!(said.iter().any(|(k, m)| *k == kind && m.contains(part)), "{said:?}");
    }
}

#[test]
fn attributes_of_a_provider_version_that_is_not_known_here_are_unknown() {
    let module = |constraint: &str| {
        format!(
            r#"
            terraform {{
              required_providers {{
                aws = {{ source = "hashicorp/aws", version = "{constraint}" }}
              }}
            }}
            data "aws_region" "now" {{}}
            resource "aws_sqs_queue" "q" {{ name = "q-${{data.aws_region.now.newer}}" }}"#
        )
    };
    let errors = |constraint: &str| {
        let plan = plan_of(&[("main.tf", &module(constraint))]);
        assert!(support::value(&plan, "aws_sqs_queue.q", "name").is_unknown());
        plan.notes.iter().filter(|n| n.message.contains("no attribute `newer`")).count()
    };
    assert_eq!((errors(">= 6.28"), errors("~> 5.0")), (0, 1));
}

#[test]
fn other_values_bring_more_only_where_a_block_is_switched_off() {
    let queue = "resource \"aws_sqs_queue\" \"q\" {}\n";
    for (what, main, whole) in [
        ("one of each", queue.to_owned(), true),
        ("some of each", queue.replace('}', "\n  count = 2\n}"), true),
        ("undecided", format!("variable \"n\" {{}}\n{}", queue.replace('}', "\n  count = var.n\n}")), true),
        ("no count", queue.replace('}', "\n  count = 0\n}"), false),
        ("nothing to go through", queue.replace('}', "\n  for_each = {}\n}"), false),
        ("not enabled", queue.replace('}', "\n  lifecycle {\n    enabled = false\n  }\n}"), false),
        ("a data source", "data \"aws_region\" \"r\" {\n  count = 0\n}\n".to_owned(), false),
        ("a module", "module \"m\" {\n  source = \"./m\"\n  count = 0\n}\n".to_owned(), false),
        ("in a module", "module \"m\" {\n  source = \"./m\"\n}\n".to_owned(), false),
    ] {
        let inside = queue.replace('}', "\n  count = 0\n}");
        let files = [("main.tf", main.as_str()), ("m/main.tf", inside.as_str())];
        let plan = plan_with(&files, &Inputs::default());
        let everything = plan_with(&files, &Inputs { everything: true, ..Inputs::default() });
        let shown =
            |p: &Plan| p.resources.iter().chain(&p.data).map(|r| r.address.to_string()).collect::<Vec<_>>();
        assert_eq!(plan.whole, whole, "{what}");
        assert_eq!(shown(&plan) == shown(&everything), whole, "{what}");
        if whole {
            assert_eq!(format!("{plan:?}"), format!("{everything:?}"), "{what}");
        }
    }
}
