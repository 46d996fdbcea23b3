//! What OpenTofu has and Terraform has not.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails where its plan is not what it expects")]

mod support;

use support::{plan_of, plan_with, short, values};
use trueline_model::{NoteKind, Plan};
use trueline_terraform::Inputs;

fn errors(plan: &Plan) -> Vec<&str> {
    plan.notes.iter().filter(|n| n.kind == NoteKind::Error).map(|n| n.message.as_str()).collect()
}

fn addresses(plan: &Plan) -> Vec<String> {
    plan.resources
        .iter()
        .map(|r| format!("{}{}", r.address, if r.deferred { " maybe" } else { "" }))
        .collect()
}

#[test]
fn enabled_switches_resources_and_modules_without_a_key() {
    let main = |on: &str| {
        format!(
            "variable \"on\" {{\n  type = bool\n}}\nlocals {{\n  off = false\n}}\n\
             resource \"terraform_data\" \"a\" {{\n  lifecycle {{\n    enabled = {on}\n  }}\n}}\n\
             module \"m\" {{\n  source = \"./m\"\n  lifecycle {{\n    enabled = {on}\n  }}\n}}\n\
             resource \"terraform_data\" \"uses\" {{\n  input = try(terraform_data.a.input, \"none\")\n}}\n\
             resource \"terraform_data\" \"asks\" {{\n  input = [terraform_data.a == null, module.m == null]\n}}\n"
        )
    };
    let child = "resource \"terraform_data\" \"c\" {\n}\n";
    let of = |on: &str| plan_of(&[("main.tf", &main(on)), ("m/main.tf", child)]);
    let both = ["terraform_data.a", "terraform_data.asks", "terraform_data.uses"];
    for on in ["true", "!local.off", "\"true\"", "1 == 1"] {
        let plan = of(on);
        assert_eq!(errors(&plan), [""; 0], "{on}");
        assert_eq!(addresses(&plan)[..3], both);
        assert_eq!(addresses(&plan)[3..], ["module.m.terraform_data.c"]);
    }
    for off in ["false", "local.off", "var.on && false"] {
        let plan = of(off);
        assert_eq!(errors(&plan), [""; 0], "{off}");
        assert_eq!(addresses(&plan), ["terraform_data.asks", "terraform_data.uses"], "{off}");
        assert_eq!(values(&plan, "terraform_data.uses", "input"), "\"none\"");
        assert_eq!(values(&plan, "terraform_data.asks", "input"), "[true, true]");
    }
    let plan = of("var.on");
    assert_eq!(errors(&plan), [""; 0]);
    assert_eq!(
        addresses(&plan),
        [
            "terraform_data.a maybe",
            "terraform_data.asks",
            "terraform_data.uses",
            "module.m.terraform_data.c maybe"
        ]
    );
    for wrong in ["null", "[]"] {
        assert_eq!(errors(&of(wrong)).len(), 2, "{wrong}");
    }
}

#[test]
fn tofu_is_another_name_of_terraform() {
    let main = "resource \"terraform_data\" \"x\" {\n  input = \"jobs-${tofu.workspace}\"\n}\n";
    let plan = plan_with(&[("main.tf", main)], &Inputs { workspace: "live".into(), ..Inputs::default() });
    assert_eq!(values(&plan, "terraform_data.x", "input"), "\"jobs-live\"");
    assert_eq!(errors(&plan), [""; 0]);
}

#[test]
fn a_language_block_says_nothing_of_resources() {
    let native = "language {\n  compatible_with {\n    opentofu = \">= 1.12\"\n  }\n}\n";
    let json = r#"{"language": {"compatible_with": {"opentofu": ">= 1.12"}}}"#;
    for (name, text) in [("versions.tf", native), ("versions.tofu", native), ("versions.tf.json", json)] {
        let plan = plan_of(&[(name, text), ("main.tf", "resource \"terraform_data\" \"x\" {}\n")]);
        assert_eq!(plan.notes.len(), 0, "{name}: {:?}", plan.notes);
        assert_eq!(addresses(&plan), ["terraform_data.x"]);
    }
}

#[test]
fn prevent_destroy_takes_an_expression_where_the_module_is_for_opentofu() {
    let resource = "variable \"keep\" {\n  default = true\n}\nresource \"terraform_data\" \"x\" {\n  lifecycle {\n    prevent_destroy = var.keep\n  }\n}\n";
    let with = |file: &str, more: &str| {
        let plan = plan_of(&[(file, resource), ("more.tf", more)]);
        let kinds: Vec<NoteKind> = plan.notes.iter().map(|n| n.kind).collect();
        (kinds.contains(&NoteKind::Error), kinds.len())
    };
    assert_eq!(with("main.tofu", ""), (false, 0));
    assert_eq!(with("main.tf", "language {\n}\n"), (false, 0));
    assert_eq!(with("main.tf", ""), (false, 1), "a warning: Terraform refuses it");
    assert_eq!(with("main.tf", "terraform {\n  required_version = \"~> 1.11.0\"\n}\n"), (true, 1));
}

#[test]
fn blocks_of_a_provider_without_a_schema_may_have_more_than_is_written() {
    let main = "resource \"azurerm_linux_web_app\" \"api\" {\n  identity {\n    type = \"SystemAssigned\"\n  }\n  site {\n    nested {\n    }\n  }\n}\n\
        locals {\n  app = azurerm_linux_web_app.api\n}\n\
        resource \"terraform_data\" \"x\" {\n  input = [EXPRESSION]\n}\n\
        resource \"aws_sqs_queue\" \"known\" {\n}\n";
    for (expression, expected) in [
        ("azurerm_linux_web_app.api.identity[0].type", "\"SystemAssigned\""),
        ("azurerm_linux_web_app.api.identity[0].principal_id", "unknown"),
        ("azurerm_linux_web_app.api.identity.0.principal_id", "unknown"),
        ("azurerm_linux_web_app.api.identity[*].principal_id", "[unknown]"),
        ("one(azurerm_linux_web_app.api.identity).principal_id", "unknown"),
        ("[for i in azurerm_linux_web_app.api.identity : i.principal_id]", "[unknown]"),
        ("local.app.identity[0].principal_id", "unknown"),
        ("element(azurerm_linux_web_app.api.identity, 0).principal_id", "unknown"),
        ("flatten([azurerm_linux_web_app.api.identity])[0].principal_id", "unknown"),
        ("try(azurerm_linux_web_app.api.identity[0].principal_id, \"none\")", "unknown"),
        ("azurerm_linux_web_app.api.identity[0][\"principal_id\"]", "unknown"),
        ("azurerm_linux_web_app.api.site[0].nested[0].id", "unknown"),
        ("azurerm_linux_web_app.api.site[0].id.more", "unknown"),
        // A schema may say that there is one block of a type.
        ("azurerm_linux_web_app.api.identity.principal_id", "unknown"),
        ("azurerm_linux_web_app.api.identity.type", "\"SystemAssigned\""),
        ("azurerm_linux_web_app.api.other[0].id", "unknown"),
    ] {
        let plan = plan_of(&[("main.tf", &main.replace("EXPRESSION", expression))]);
        assert_eq!(errors(&plan), [""; 0], "{expression}");
        assert_eq!(short(support::value(&plan, "terraform_data.x", "input[0]")), expected, "{expression}");
    }
    for wrong in ["aws_sqs_queue.known.redrive[0].x", "{ a = 1 }.b", "[{ a = 1 }][0].b"] {
        let plan = plan_of(&[("main.tf", &main.replace("EXPRESSION", wrong))]);
        assert_eq!(errors(&plan).len(), 1, "{wrong}");
    }
}
