//! Where values come from: origins, links, documents.

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

use std::collections::BTreeMap;

use support::{load, plan_of};
use trueline_model::{Value, Via};
use trueline_terraform::{Inputs, Parsed};
use trueline_text::Memory;

/// The chain of a value: each step's kind and source text.
fn chain(parsed: &Parsed, v: &Value) -> Vec<String> {
    let Some(origin) = v.origin.as_ref() else { return Vec::new() };
    let step = |o: &trueline_model::Origin| {
        let text = parsed.sources.get(o.at.file).map_or("?", |f| f.slice(o.at.span));
        let via = match &o.via {
            Via::Literal => "literal".to_owned(),
            Via::Variable(_) => "variable".to_owned(),
            Via::Default(_) => "default".to_owned(),
            Via::Tfvars(f) => f.to_string(),
            Via::ModuleArgument(_) => "argument".to_owned(),
            Via::Local(_) => "local".to_owned(),
            Via::Element => "element".to_owned(),
            Via::Iterator(n) => n.to_string(),
            Via::Resource(a, r) => format!("{a}.{r}"),
            Via::Condition => "condition".to_owned(),
            Via::ModuleOutput(n) => n.to_string(),
            other => format!("{other:?}"),
        };
        format!("{via} `{text}`")
    };
    origin.chain().into_iter().map(step).collect()
}

fn literal<'p>(parsed: &'p Parsed, v: &Value) -> Option<&'p str> {
    let o = v.origin.as_ref()?;
    let l = o.source_literal()?;
    Some(parsed.sources.get(l.at.file)?.slice(l.at.span))
}

#[test]
fn a_value_knows_the_way_from_the_literal_in_tfvars_through_a_module_argument() {
    let (parsed, plan) = load(
        &[
            (
                "main.tf",
                "variable \"e\" {\n default = false\n}\nmodule \"m\" {\n source = \"./m\"\n enc = var.e\n}",
            ),
            ("terraform.tfvars", "e = true"),
            ("m/main.tf", "variable \"enc\" {}\nresource \"aws_ebs_volume\" \"v\" { encrypted = var.enc }"),
        ],
        &Inputs::default(),
    );
    let v = support::value(&plan, "module.m.aws_ebs_volume.v", "encrypted");
    assert_eq!(
        chain(&parsed, v),
        [
            "variable `var.enc`",
            "argument `var.e`",
            "variable `var.e`",
            "terraform.tfvars `true`",
            "literal `true`"
        ]
    );
    assert_eq!(literal(&parsed, v), Some("true"));
}

#[test]
fn an_element_of_a_collection_leads_to_its_own_literal_with_the_collections_way_before_it() {
    let (parsed, plan) = load(
        &[(
            "main.tf",
            r#"
            variable "c" { default = { a = { size = 10 }, b = { size = 20 } } }
            locals { c = var.c }
            resource "aws_ebs_volume" "v" {
              for_each = local.c
              size     = each.value.size
            }
            resource "aws_ebs_volume" "w" { size = local.c["b"].size }"#,
        )],
        &Inputs::default(),
    );
    let v = support::value(&plan, "aws_ebs_volume.v[\"b\"]", "size");
    assert_eq!(literal(&parsed, v), Some("20"));
    let way = chain(&parsed, v);
    assert!(
        way.iter().any(|s| s.starts_with("each.value")) && way.iter().any(|s| s.starts_with("variable")),
        "{way:?}"
    );
    assert_eq!(literal(&parsed, support::value(&plan, "aws_ebs_volume.w", "size")), Some("20"));
}

#[test]
fn no_literal_is_named_behind_an_operator_or_a_condition() {
    let (parsed, plan) = load(
        &[(
            "main.tf",
            r#"
            variable "env" { default = "prod" }
            locals { o = var.env == "prod" ? { e = true } : { e = false } }
            resource "aws_ebs_volume" "a" { encrypted = var.env == "prod" }
            resource "aws_ebs_volume" "b" { encrypted = var.env == "prod" ? true : false }
            resource "aws_ebs_volume" "c" { encrypted = local.o.e }"#,
        )],
        &Inputs::default(),
    );
    for a in ["a", "b", "c"] {
        let v = support::value(&plan, &format!("aws_ebs_volume.{a}"), "encrypted");
        assert_eq!((v.as_bool(), literal(&parsed, v)), (Some(true), None), "{a}");
    }
}

#[test]
fn links_are_instance_exact_through_modules_and_for_each() {
    let plan = plan_of(&[
        (
            "main.tf",
            r#"
            module "b" {
              source   = "./m"
              for_each = toset(["x", "y"])
            }
            resource "aws_s3_bucket_versioning" "v" {
              for_each = toset(["x", "y"])
              bucket   = module.b[each.key].id
              versioning_configuration { status = "Enabled" }
            }
            resource "aws_s3_bucket" "known" { bucket = "n" }
            resource "aws_s3_bucket_policy" "p" {
              bucket = aws_s3_bucket.known.bucket
              policy = jsonencode({ Statement = [{ Resource = "${aws_s3_bucket.known.arn}/*" }] })
            }"#,
        ),
        ("m/main.tf", "resource \"aws_s3_bucket\" \"b\" {}\noutput \"id\" { value = aws_s3_bucket.b.id }"),
    ]);
    let links = |a: &str| -> Vec<String> {
        let shown =
            |l: &trueline_model::Link| format!("{} → {}.{} {}", l.route, l.to, l.attribute, l.certain);
        support::resource(&plan, a).links.iter().map(shown).collect()
    };
    assert_eq!(
        links("aws_s3_bucket_versioning.v[\"y\"]"),
        ["bucket → module.b[\"y\"].aws_s3_bucket.b.id true"]
    );
    let of_policy = links("aws_s3_bucket_policy.p");
    assert!(of_policy.contains(&"bucket → aws_s3_bucket.known.bucket true".to_owned()), "{of_policy:?}");
    assert!(
        of_policy.contains(&"policy.Statement[0].Resource → aws_s3_bucket.known.arn true".to_owned()),
        "{of_policy:?}"
    );
}

#[test]
fn json_in_heredocs_and_strings_is_known_leaf_by_leaf_with_places() {
    let (parsed, plan) = load(
        &[(
            "main.tf",
            r#"
            variable "action" { default = "s3:*" }
            resource "aws_sqs_queue" "q" {}
            resource "aws_iam_policy" "a" {
              policy = <<-EOT
                {
                  "Statement": [
                    { "Action": "${var.action}", "Resource": ["${aws_sqs_queue.q.arn}/*", "*"] }
                  ]
                }
              EOT
            }
            resource "aws_iam_policy" "b" { policy = "{\"Statement\": {\"Action\": \"a:*\", \"N\": 1}}" }
            resource "aws_iam_policy" "c" { policy = "[a-z]" }"#,
        )],
        &Inputs::default(),
    );
    let a = |route: &str| support::value(&plan, "aws_iam_policy.a", &format!("policy.Statement[0].{route}"));
    assert!(support::value(&plan, "aws_iam_policy.a", "policy").is_unknown());
    assert_eq!(literal(&parsed, a("Action")), Some("\"s3:*\""));
    assert_eq!(support::short(a("Resource[0]")), "unknown \"…/*\"");
    assert_eq!(literal(&parsed, a("Resource[1]")), Some("\"*\""));
    let line = |v: &Value| {
        let at = v.origin.as_ref().unwrap().at;
        parsed.sources.get(at.file).unwrap().position(at.span.start)
    };
    assert_eq!((line(a("Resource[1]")).line, line(a("Resource[1]")).column), (8, 91));
    let b = support::value(&plan, "aws_iam_policy.b", "policy.Statement.Action");
    assert_eq!((support::short(b).as_str(), literal(&parsed, b)), ("\"a:*\"", Some("\\\"a:*\\\"")));
    assert_eq!(literal(&parsed, support::value(&plan, "aws_iam_policy.b", "policy.Statement.N")), Some("1"));
    assert!(support::value(&plan, "aws_iam_policy.c", "policy").document.is_none());
}

#[test]
fn a_changed_file_is_parsed_again_under_its_number_and_nothing_else_is() {
    let files = Memory::from_iter([
        ("main.tf", "resource \"aws_sqs_queue\" \"q\" { name = \"a\" }"),
        ("b.tf", "locals {"),
    ]);
    let before = Parsed::load(&files, &[".".into()]);
    let id = before.sources.find("b.tf").unwrap();
    assert!(before.notes.iter().any(|n| n.at.is_some_and(|at| at.file == id)));
    let after = before.with_changes(&BTreeMap::from([
        ("b.tf".into(), "locals {}\n".into()),
        ("c.tf".into(), "locals { x = 1 }".into()),
    ]));
    assert_eq!(after.sources.find("b.tf"), Some(id));
    assert!(after.notes.is_empty(), "{:?}", after.notes);
    let main = before.sources.find("main.tf").unwrap();
    let same = before
        .trees
        .get(&main)
        .zip(after.trees.get(&main))
        .is_some_and(|(a, b)| std::sync::Arc::ptr_eq(a, b));
    assert!(same);
    assert_eq!(after.directories.get(".").map(Vec::len), Some(3));
    assert_eq!(before.directories.get(".").map(Vec::len), Some(2));
}

#[test]
fn resources_without_a_schema_may_have_attributes_that_nothing_names() {
    let plan = plan_of(&[(
        "main.tf",
        r#"
        resource "random_password" "p" {
          for_each = toset(["a", "b"])
          length   = 16
        }
        data "http" "all" {
          count = 2
          url   = "https://example.com/${count.index}"
        }
        locals {
          h = data.http.all
        }
        resource "aws_sqs_queue" "q" {
          for_each = {
            one      = random_password.p["a"].result
            iterated = join(",", [for k, v in random_password.p : v.result])
            splat    = data.http.all[*].status_code[0]
            values   = values(random_password.p)[1].result
            kept     = local.h[1].url
            length   = join(",", [for p in values(random_password.p) : p.length])
          }
          name = each.value
        }"#,
    )]);
    let name = |key: &str| support::values(&plan, &format!("aws_sqs_queue.q[\"{key}\"]"), "name");
    for key in ["one", "iterated", "splat", "values"] {
        assert_eq!(name(key), "unknown", "{key}");
    }
    assert_eq!((name("kept").as_str(), name("length").as_str()), ("\"https://example.com/1\"", "\"16,16\""));
    let errors: Vec<&str> =
        plan.notes.iter().map(|n| n.message.as_str()).filter(|m| m.contains("attribute")).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn a_changed_text_is_parsed_once_for_all_who_go_on_with_it() {
    let files = Memory::from_iter([("main.tf", "locals {}\n"), ("b.tf", "locals {}\n")]);
    let before = Parsed::load(&files, &[".".into()]);
    let tree = |parsed: &Parsed, path: &str| {
        parsed.sources.find(path).and_then(|id| parsed.trees.get(&id)).cloned().unwrap()
    };
    let change = |path: &str, text: &str| BTreeMap::from([(path.to_owned(), text.to_owned())]);
    let one = before.with_changes(&change("main.tf", "locals { a = 1 }\n"));
    let same = one.with_changes(&change("b.tf", "")).with_changes(&change("main.tf", "locals { a = 1 }\n"));
    assert!(std::sync::Arc::ptr_eq(&tree(&one, "main.tf"), &tree(&same, "main.tf")));
    let other = before.with_changes(&change("main.tf", "locals { a = }\n"));
    assert!(!tree(&other, "main.tf").errors.is_empty() && other.notes.len() == 1, "{:?}", other.notes);
    // The errors of a text are noted although it was parsed before.
    let again = before.with_changes(&change("main.tf", "locals { a = }\n"));
    assert_eq!(again.notes, other.notes);
    before.foresee("main.tf", "locals { b = 1 }\n", trueline_hcl::parse("locals { b = 1 }\n"));
    let foreseen = before.with_changes(&change("main.tf", "locals { b = 1 }\n"));
    let parsed = trueline_hcl::parse("locals { b = 1 }\n");
    assert_eq!(format!("{:?}", tree(&foreseen, "main.tf")), format!("{parsed:?}"));
    assert_eq!(
        foreseen.sources.get(foreseen.sources.find("main.tf").unwrap()).unwrap().text.as_ref(),
        "locals { b = 1 }\n"
    );
}
