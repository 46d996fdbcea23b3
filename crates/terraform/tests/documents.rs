//! Policies are looked into wherever their text is known, whatever made it, and what is certain is seen beside what is not.

#![allow(clippy::unwrap_used)] // a test may fail

mod support;

use support::{load, plan_of, resource};
use trueline_model::{Kind, Plan, Route, Value};
use trueline_terraform::Inputs;

const TEXT: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "One", "Effect": "Allow", "Action": "*", "Resource": "*" }
  ]
}
"#;

const TEMPLATE: &str = r#"{
  "Statement": [
    { "Effect": "Allow", "Action": "${action}", "Resource": "${open}" }
  ]
}
"#;

const MAIN: &str = r#"
variable "open" { type = string }
variable "list" { type = list(any) }
variable "flag" { type = bool }
variable "any" { type = any }

locals {
  bad  = { Effect = "Allow", Action = "*", Resource = "*" }
  good = { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::b/*" }
  text = file("${path.module}/policies/one.json")
  half = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = var.open }] })
  here = <<-EOT
    {
      "Statement": [
        { "Effect": "Allow", "Action": "*", "Resource": "*" }
      ]
    }
  EOT
}

data "aws_iam_policy_document" "known" {
  statement {
    actions   = ["*"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "half" {
  statement {
    actions   = ["*"]
    resources = [var.open]
  }
}

data "aws_iam_policy_document" "sources" {
  source_policy_documents = concat([local.text], var.list)
}

data "aws_iam_policy_document" "lists" {
  statement {
    actions   = concat(["*"], var.list)
    resources = ["*"]
  }
}

data "template_file" "t" {
  template = file("${path.module}/policies/two.tpl")
  vars     = { action = "*", open = var.open }
}
"#;

fn policy(expression: &str) -> Plan {
    let main = format!("{MAIN}\nresource \"aws_iam_policy\" \"p\" {{\n  policy = {expression}\n}}\n");
    plan_of(&[("main.tf", &main), ("policies/one.json", TEXT), ("policies/two.tpl", TEMPLATE)])
}

fn statements(plan: &Plan) -> Vec<Value> {
    let policy = resource(plan, "aws_iam_policy.p").values.at(&Route::name("policy")).cloned().unwrap();
    let document = policy.document.as_deref().cloned().unwrap_or_else(Value::null);
    // What is known of an unknown list is its document.
    match document.as_entries().and_then(|e| e.get("Statement")) {
        Some(s) => {
            s.document.as_deref().unwrap_or(s).as_items().map_or_else(|| vec![s.clone()], <[Value]>::to_vec)
        }
        None => Vec::new(),
    }
}

/// True if the statement certainly allows everything.
fn allows_all(statement: &Value) -> bool {
    let statement = statement.document.as_deref().unwrap_or(statement);
    let text = |name: &str| {
        let v = statement.as_entries()?.get(name)?;
        let seen = v.document.as_deref().unwrap_or(v);
        seen.as_str().or_else(|| seen.as_items()?.first()?.as_str()).map(str::to_owned)
    };
    text("Effect").as_deref() == Some("Allow") && text("Action").as_deref() == Some("*")
}

#[test]
fn what_is_certain_is_seen_through_every_function() {
    let texts = [
        "local.text",
        "local.here",
        "local.half",
        "jsonencode({ Statement = [local.bad] })",
        "data.aws_iam_policy_document.known.json",
        "data.aws_iam_policy_document.half.json",
        "data.aws_iam_policy_document.known.minified_json",
        "data.aws_iam_policy_document.sources.json",
        "data.aws_iam_policy_document.lists.json",
        "data.template_file.t.rendered",
        "templatefile(\"${path.module}/policies/two.tpl\", { action = \"*\", open = var.open })",
        "templatefile(\"${path.module}/policies/one.json\", {})",
        "base64decode(filebase64(\"${path.module}/policies/one.json\"))",
    ];
    let through = [
        "X",
        "trimspace(X)",
        "chomp(X)",
        "indent(2, X)",
        "replace(X, \"Allow\", \"Allow\")",
        "replace(X, \"other\", \"\")",
        "join(\"\", [X])",
        "join(\"\\n\", concat([X], []))",
        "format(\"%s\", X)",
        "format(\"%s\\n\", X)",
        "coalesce(X, \"none\")",
        "coalesce(null, X)",
        "element([X], 0)",
        "lookup({ a = X }, \"a\")",
        "{ a = X }[\"a\"]",
        "tostring(X)",
        "var.flag ? X : X",
        "true ? X : \"\"",
        "jsonencode(jsondecode(X))",
        "\"${X}\"",
        "\"${X}\\n\"",
        "[for x in [X] : x][0]",
        "values({ a = X })[0]",
        "merge({ a = \"\" }, { a = X }).a",
        "flatten([[X]])[0]",
    ];
    for text in texts {
        for function in through {
            let expression = function.replace('X', text);
            let found = statements(&policy(&expression));
            assert!(found.iter().any(allows_all), "{expression}: {found:?}");
        }
    }
}

#[test]
fn statements_that_are_not_seen_are_told_of() {
    // Expression, whether something is certain, whether something may be there.
    for (expression, certain, open) in [
        ("jsonencode({ Statement = concat([local.bad], var.list) })", true, true),
        ("jsonencode({ Statement = concat(var.list, [local.bad]) })", true, true),
        ("jsonencode({ Statement = concat([local.bad], local.undeclared) })", true, true),
        ("jsonencode({ Statement = concat([local.good], var.list) })", false, true),
        ("jsonencode({ Statement = flatten([[local.bad], var.list]) })", true, true),
        ("jsonencode({ Statement = flatten([[local.bad], [var.list]]) })", true, true),
        ("jsonencode({ Statement = distinct(concat([local.bad], var.list)) })", true, true),
        ("jsonencode({ Statement = [for s in concat([local.bad], var.list) : s] })", true, true),
        (
            "jsonencode({ Statement = [for s in concat([local.bad], var.list) : merge(s, { Sid = \"X\" })] })",
            true,
            true,
        ),
        ("jsonencode({ Statement = [for s in [local.bad, local.good] : s if var.flag] })", false, true),
        ("jsonencode({ Statement = var.flag ? [local.bad] : [local.bad, local.good] })", true, true),
        ("jsonencode({ Statement = var.flag ? [local.bad] : [local.bad] })", true, false),
        ("jsonencode({ Statement = [var.flag ? local.bad : local.good] })", false, false),
        ("jsonencode({ Statement = [merge(var.any, local.bad)] })", true, false),
        ("jsonencode({ Statement = [merge(local.bad, var.any)] })", false, false),
        ("jsonencode({ Statement = [local.bad, var.any] })", true, true),
        ("jsonencode({ Statement = var.any })", false, true),
        ("jsonencode(merge({ Statement = [local.bad] }, var.any))", false, false),
        ("jsonencode(merge(var.any, { Statement = [local.bad] }))", true, false),
        ("data.aws_iam_policy_document.sources.json", true, true),
        ("format(\"{\\\"Statement\\\":[%s,%s]}\", jsonencode(local.bad), var.open)", true, true),
        ("join(\",\", [\"{\\\"Statement\\\":[${jsonencode(local.bad)}\", var.open, \"{}]}\"])", true, true),
    ] {
        let plan = policy(expression);
        let found = statements(&plan);
        assert_eq!(found.iter().any(allows_all), certain, "{expression}: {found:?}");
        let hidden = |s: &Value| s.is_unknown() && s.document.is_none();
        assert_eq!(found.iter().any(hidden), open, "{expression}: {found:?}");
    }
}

#[test]
fn places_lead_into_the_file_that_holds_the_text() {
    for (expression, path, text) in [
        ("local.text", "policies/one.json", "\"*\""),
        ("trimspace(local.text)", "policies/one.json", "\"*\""),
        ("replace(local.text, \"One\", \"Two\")", "policies/one.json", "\"*\""),
        ("jsonencode(jsondecode(local.text))", "policies/one.json", "\"*\""),
        ("jsonencode(merge(jsondecode(local.text), { Id = \"x\" }))", "policies/one.json", "\"*\""),
        ("templatefile(\"policies/two.tpl\", { action = \"*\", open = \"x\" })", "main.tf", "\"*\""),
        ("templatefile(\"policies/one.json\", {})", "policies/one.json", "\"*\""),
        ("data.template_file.t.rendered", "main.tf", "\"*\""),
        ("data.aws_iam_policy_document.sources.json", "policies/one.json", "\"*\""),
        ("local.here", "main.tf", "\"*\""),
        (
            "base64decode(filebase64(\"policies/one.json\"))",
            "main.tf",
            "base64decode(filebase64(\"policies/one.json\"))",
        ),
        ("join(\"\", [local.text])", "policies/one.json", "\"*\""),
    ] {
        let main = format!("{MAIN}\nresource \"aws_iam_policy\" \"p\" {{\n  policy = {expression}\n}}\n");
        let files = [("main.tf", &*main), ("policies/one.json", TEXT), ("policies/two.tpl", TEMPLATE)];
        let (parsed, plan) = load(&files, &Inputs::default());
        let route: Route = "policy.Statement[0].Action".parse().unwrap();
        let action = resource(&plan, "aws_iam_policy.p").values.at(&route).cloned().unwrap();
        let origin = action.origin.clone().unwrap();
        let at = origin.source_literal().map_or(origin.at, |l| l.at);
        let file = parsed.sources.get(at.file).unwrap();
        assert_eq!((&*file.path, file.slice(at.span)), (path, text), "{expression}: {origin:?}");
    }
}

#[test]
fn what_hangs_on_nothing_known_shows_nothing() {
    for expression in ["var.open", "var.flag ? local.text : null", "replace(local.half, \"/\\\\*/\", \"x\")"]
    {
        let plan = policy(expression);
        let v = resource(&plan, "aws_iam_policy.p").values.at(&Route::name("policy")).cloned().unwrap();
        assert!(matches!(v.kind, Kind::Unknown(_)) && v.document.is_none(), "{expression}: {v:?}");
    }
}
