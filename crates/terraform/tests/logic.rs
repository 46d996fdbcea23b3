//! `&&` and `||`: both sides up to Terraform 1.11, from 1.12 on the one that decides.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails where its plan is not what it expects")]

mod support;

use support::{plan_of, short};
use trueline_model::{NoteKind, Plan};

/// The value of an expression, as an argument of a resource, or `error`.
fn value(version: &str, expression: &str) -> String {
    let terraform = match version {
        "" => String::new(),
        v => format!("terraform {{\n  required_version = \"{v}\"\n}}\n"),
    };
    let main = format!(
        "{terraform}variable \"none\" {{\n  type    = list(string)\n  default = null\n}}\n\
         variable \"flag\" {{\n  type    = bool\n  default = null\n}}\nvariable \"given\" {{\n  type = bool\n}}\n\
         variable \"secret\" {{\n  type      = bool\n  default   = false\n  sensitive = true\n}}\n\
         resource \"terraform_data\" \"x\" {{\n  input = {expression}\n}}\n"
    );
    shown(&plan_of(&[("main.tf", &main)]))
}

fn shown(plan: &Plan) -> String {
    // The module is given values (`given` has none), so what fails with the defaults is told as a warning.
    let of_defaults =
        |help: &Option<String>| help.as_ref().is_some_and(|h| h.contains("hangs on the defaults"));
    if plan.notes.iter().any(|n| n.kind == NoteKind::Error || of_defaults(&n.help)) {
        return "error".to_owned();
    }
    let v = support::value(plan, "terraform_data.x", "input");
    format!("{}{}", short(v), if v.sensitive { " sensitive" } else { "" })
}

const NEWER: [&str; 5] = ["", ">= 1.12", "~> 1.5", ">= 1.5, < 2.0", "~> 1.13.1"];
const OLDER: [&str; 4] = ["~> 1.11.0", "< 1.12.0", "1.9.8", ">= 1.0, <= 1.11.4"];

#[test]
fn what_decides_is_taken() {
    // Expression, newer, older.
    let table = [
        ("var.none != null && length(var.none) > 0", "false", "error"),
        ("var.none == null || length(var.none) == 0", "true", "error"),
        ("length(var.none) > 0 && var.none != null", "false", "error"),
        ("length(var.none) == 0 || var.none == null", "true", "error"),
        ("var.none != null && length(var.none) > 0 && true", "false", "error"),
        ("!(var.none != null && length(var.none) > 0) && true", "true", "error"),
        ("false && var.given", "false", "unknown"),
        ("var.given && false", "false", "unknown"),
        ("true || var.given", "true", "unknown"),
        ("var.given || true", "true", "unknown"),
        ("true && var.given", "unknown", "unknown"),
        ("false || var.given", "unknown", "unknown"),
        ("var.given && length(var.none) > 0", "unknown", "error"),
        ("true && length(var.none) > 0", "error", "error"),
        ("false || length(var.none) > 0", "error", "error"),
        ("length(var.none) > 0 && true", "error", "error"),
        ("length(var.none) > 0 && length(var.none) > 1", "error", "error"),
        ("false && \"x\"", "error", "error"),
        ("false && \"true\"", "false", "false"),
        ("true && true", "true", "true"),
        ("false || false", "false", "false"),
        ("var.secret && true", "false sensitive", "false sensitive"),
        ("false && var.secret", "false sensitive", "false sensitive"),
        // Whoever looks at null finds no truth, but the other side may decide.
        ("var.flag && true", "false", "error"),
        ("var.flag || true", "true", "error"),
        ("var.flag || false", "error", "error"),
    ];
    for (expression, newer, older) in table {
        for version in NEWER {
            assert_eq!(value(version, expression), newer, "{expression} ({version})");
        }
        for version in OLDER {
            assert_eq!(value(version, expression), older, "{expression} ({version})");
        }
    }
}

#[test]
fn a_module_below_may_bind_the_version_too() {
    let child = |version: &str| {
        format!(
            "terraform {{\n  required_version = \"{version}\"\n}}\nvariable \"x\" {{\n  type = list(string)\n  default = null\n}}\n"
        )
    };
    let main = "module \"m\" {\n  source = \"./m\"\n}\nvariable \"none\" {\n  type = list(string)\n  default = null\n}\n\
                resource \"terraform_data\" \"x\" {\n  input = var.none != null && length(var.none) > 0\n}\n";
    let of = |version: &str| shown(&plan_of(&[("main.tf", main), ("m/main.tf", &child(version))]));
    assert_eq!(of(">= 1.3"), "false");
    assert_eq!(of("~> 1.10.0"), "error");
}
