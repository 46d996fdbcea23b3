//! Which files functions read: those of the module, of the root, and of the repository that holds them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails where its plan is not what it expects")]

mod support;

use support::values;
use trueline_terraform::{Inputs, Parsed, plan};
use trueline_text::Memory;

/// The value of an expression in a module beside the root.
fn value(expression: &str) -> String {
    let files = Memory::from_iter([
        ("live/main.tf", "module \"m\" {\n  source = \"../modules/m\"\n}\n".to_owned()),
        ("live/root.txt", "root".to_owned()),
        ("modules/m/main.tf", format!("resource \"terraform_data\" \"x\" {{\n  input = {expression}\n}}\n")),
        ("modules/m/files/a.json", "{\"a\":1}".to_owned()),
        ("modules/m/files/b.json", "{}".to_owned()),
        ("modules/m/t.tftpl", "hello ${name}, ${file(\"../modules/m/files/b.json\")}".to_owned()),
        ("modules/shared/s.json", "[]".to_owned()),
        (".git/config", "token".to_owned()),
        ("../outside.txt", "outside".to_owned()),
        ("/etc/passwd", "root:x".to_owned()),
    ]);
    let parsed = Parsed::load(&files, &["live".to_owned()]);
    let plan = plan(&files, &parsed, "live", &Inputs::default());
    values(&plan, "module.m.terraform_data.x", "input")
}

#[test]
fn every_function_reads_the_files_of_its_module_and_of_the_repository() {
    for (expression, expected) in [
        ("path.module", "\"../modules/m\""),
        ("file(\"${path.module}/files/a.json\")", "\"{\\\"a\\\":1}\""),
        ("jsondecode(file(\"${path.module}/files/a.json\")).a", "1"),
        ("file(\"${path.root}/root.txt\")", "\"root\""),
        ("file(\"root.txt\")", "\"root\""),
        ("file(\"${path.module}/../shared/s.json\")", "\"[]\""),
        ("filebase64(\"${path.module}/files/b.json\")", "\"e30=\""),
        ("filemd5(\"${path.module}/files/b.json\")", "\"99914b932bd37a50b983c5e7c90ae93b\""),
        ("filesha1(\"${path.module}/files/b.json\")", "\"bf21a9e8fbc5a3846fb05b4fa0859e0917b2202f\""),
        ("fileexists(\"${path.module}/files/b.json\")", "true"),
        ("fileexists(\"${path.module}/files/none.json\")", "false"),
        ("fileset(path.module, \"files/*.json\")", "[\"files/a.json\", \"files/b.json\"]"),
        ("fileset(\"${path.module}/files\", \"../../shared/*\")", "[\"../../shared/s.json\"]"),
        ("fileset(\"${path.module}/../shared\", \"**\")", "[\"s.json\"]"),
        ("fileset(\"${path.module}/none\", \"*\")", "[]"),
        ("templatefile(\"${path.module}/t.tftpl\", { name = \"you\" })", "\"hello you, {}\""),
    ] {
        assert_eq!(value(expression), expected, "{expression}");
    }
}

#[test]
fn nothing_is_read_outside_of_the_repository() {
    let places = [
        "${path.root}/../../outside.txt",
        "${path.module}/../../../outside.txt",
        "/etc/passwd",
        "../../../../etc/passwd",
        "${path.module}/../../.git/config",
        "../.git/config",
    ];
    for place in places {
        for call in [
            format!("file(\"{place}\")"),
            format!("filebase64(\"{place}\")"),
            format!("filesha256(\"{place}\")"),
            format!("fileexists(\"{place}\")"),
            format!("templatefile(\"{place}\", {{}})"),
            format!("length(file(\"{place}\"))"),
        ] {
            assert_eq!(value(&call), "unknown", "{call}");
        }
    }
    for call in
        ["fileset(\"/etc\", \"*\")", "fileset(path.module, \"../../../*\")", "fileset(\"../../\", \"*\")"]
    {
        assert_eq!(value(call), "unknown", "{call}");
    }
}
