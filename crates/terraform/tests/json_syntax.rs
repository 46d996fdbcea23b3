//! What strings are in JSON syntax: templates, literal text, or types.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails where its plan is not what it expects")]

mod support;

use support::{plan_of, values};
use trueline_model::{NoteKind, Plan};

fn errors(plan: &Plan) -> Vec<&str> {
    plan.notes.iter().filter(|n| n.kind == NoteKind::Error).map(|n| n.message.as_str()).collect()
}

/// As real Terraform 1.11 plans them.
#[test]
fn strings_are_templates_only_where_something_can_be_referred_to() {
    let main = r#"{
      "variable": {
        "text": {"default": "a $${x} %%{y} ${z}", "description": "${not} a template"},
        "nested": {"default": {"k${1}": ["${a}", {"b": "%{ if }"}]}},
        "given": {"type": "string"},
        "list": {"type": "list(string)"}
      },
      "locals": {"n": 3, "made": "n=${local.n} $${x}"},
      "resource": {"terraform_data": {
        "text": {"input": "${var.text}"},
        "nested": {"input": "${var.nested}"},
        "given": {"input": ["${var.given}", "${var.list}"]},
        "made": {"input": {"k${local.n}": "${local.made}"}}
      }}
    }"#;
    let given =
        r#"{"given": "${aws:username}", "list": ["${1 + 1}", "%{ if true }x%{ endif }", "$${kept}"]}"#;
    for name in ["terraform.tfvars.json", "x.auto.tfvars.json"] {
        let plan = plan_of(&[("main.tf.json", main), (name, given)]);
        assert_eq!(errors(&plan), [""; 0]);
        let input = |name: &str| values(&plan, &format!("terraform_data.{name}"), "input");
        assert_eq!(input("text"), r#""a $${x} %%{y} ${z}""#);
        assert_eq!(input("nested"), r#"{k${1}: ["${a}", {b: "%{ if }"}]}"#);
        assert_eq!(
            input("given"),
            r#"["${aws:username}", ["${1 + 1}", "%{ if true }x%{ endif }", "$${kept}"]]"#
        );
        assert_eq!(input("made"), r#"{k3: "n=3 ${x}"}"#);
    }
}

#[test]
fn a_file_of_values_holds_no_blocks_whatever_the_names() {
    let main = "variable \"data\" {}\nvariable \"module\" {}\nresource \"terraform_data\" \"x\" {\n  input = [var.data, var.module]\n}\n";
    let values_file = r#"{"data": {"a": {"b": 1}}, "module": "m"}"#;
    let plan = plan_of(&[("main.tf", main), ("terraform.tfvars.json", values_file)]);
    assert_eq!(errors(&plan), [""; 0]);
    assert_eq!(values(&plan, "terraform_data.x", "input"), r#"[{a: {b: 1}}, "m"]"#);
}

#[test]
fn types_are_read_from_their_strings() {
    for (ty, default, expected) in [
        ("string", "5", "\"5\""),
        ("number", "\"5\"", "5"),
        ("any", "[1]", "[1]"),
        ("list(string)", "[1]", "[\"1\"]"),
        ("set(string)", "[\"b\", \"a\", \"b\"]", "[\"a\", \"b\"]"),
        ("map(number)", "{\"a\": \"1\"}", "{a: 1}"),
        (
            "object({ a = optional(string, \"x\"), b = optional(number) })",
            "{\"b\": \"5\"}",
            "{a: \"x\", b: 5}",
        ),
        ("tuple([string, bool])", "[1, \"true\"]", "[\"1\", true]"),
        ("list", "[1]", "[1]"),
    ] {
        let ty = serde_json::Value::from(ty).to_string();
        let main = format!(
            r#"{{"variable": {{"x": {{"type": {ty}, "default": {default}}}}}, "resource": {{"terraform_data": {{"x": {{"input": "${{var.x}}"}}}}}}}}"#
        );
        let plan = plan_of(&[("main.tf.json", &main)]);
        assert_eq!(errors(&plan), [""; 0], "{ty}");
        assert_eq!(values(&plan, "terraform_data.x", "input"), expected, "{ty}");
    }
    for wrong in ["strin", "list(", "list(string, number)", "object({ a = optional(string, var.x) })", ""] {
        let ty = serde_json::Value::from(wrong).to_string();
        let plan = plan_of(&[("main.tf.json", &format!(r#"{{"variable": {{"x": {{"type": {ty}}}}}}}"#))]);
        assert_eq!(errors(&plan).len(), 1, "{wrong}");
        assert!(plan.notes.iter().all(|n| n.at.is_some()), "{wrong}");
    }
}
