//! Modules that Terragrunt runs: what its units write is there, and what they may write is no error.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails where its plan is not what it expects")]

mod support;

use support::{value, values};
use trueline_model::{NoteKind, Plan, Reason};
use trueline_terraform::{Inputs, Parsed, generated, plan};
use trueline_text::Memory;

const QUEUE: &str = "resource \"aws_sqs_queue\" \"q\" {\n  name = \"${var.env}-${local.team}\"\n}\n";

fn planned(files: &[(&str, &str)], units: &[&str]) -> (Parsed, Plan) {
    let memory: Memory = files.iter().copied().collect();
    let mut parsed = Parsed::load(&memory, &["aws/eks".to_owned()]);
    let units: Vec<String> = units.iter().map(|u| (*u).to_owned()).collect();
    parsed.run_by(&memory, &units);
    let plan = plan(&memory, &parsed, "aws/eks", &Inputs::default());
    (parsed, plan)
}

fn errors(plan: &Plan) -> Vec<&str> {
    plan.notes.iter().filter(|n| n.kind == NoteKind::Error).map(|n| n.message.as_str()).collect()
}

fn generate(contents: &str) -> String {
    format!("generate \"common\" {{\n  path     = \"common.tf\"\n  contents = {contents}\n}}\n")
}

#[test]
fn what_a_unit_writes_is_there_and_is_not_edited() {
    let unit = generate("<<EOF\nvariable \"env\" { default = \"dev\" }\nlocals { team = \"mail\" }\nEOF");
    let beside = [("aws/eks/main.tf", QUEUE), ("aws/eks/terragrunt.hcl", unit.as_str())];
    let elsewhere = format!("terraform {{\n  source = \"../../../aws//eks\"\n}}\n{unit}");
    let elsewhere = [("aws/eks/main.tf", QUEUE), ("env/dev/eks/terragrunt.hcl", elsewhere.as_str())];
    for (files, units) in [(beside, &[][..]), (elsewhere, &["env/dev/eks"][..])] {
        let (parsed, plan) = planned(&files, units);
        assert_eq!(errors(&plan), [""; 0]);
        assert_eq!(values(&plan, "aws_sqs_queue.q", "name"), "\"dev-mail\"");
        let written = parsed.sources.iter().find(|(_, f)| &*f.path == "aws/eks/common.tf").unwrap().1;
        assert_eq!(generated(&written.path, &written.text).unwrap().name, "Terragrunt");
    }
    let (_, plan) = planned(&elsewhere, &[]);
    assert_eq!(errors(&plan).len(), 2, "nobody told of the unit: {:?}", plan.notes);
}

#[test]
fn a_name_that_an_open_text_may_declare_is_not_known_and_no_error() {
    let unit = generate("local.all[\"common\"]");
    let main = format!(
        "{QUEUE}resource \"aws_sqs_queue\" \"r\" {{\n  name       = local.team\n  depends_on = [aws_kms_key.k]\n  policy     = data.aws_iam_policy_document.d.json\n  kms_master_key_id = module.key.arn\n}}\n"
    );
    let (_, plan) = planned(&[("aws/eks/main.tf", &main), ("aws/eks/terragrunt.hcl", &unit)], &[]);
    assert_eq!(errors(&plan), [""; 0]);
    let why = |route: &str| value(&plan, "aws_sqs_queue.r", route).reason().cloned().unwrap();
    assert_eq!(why("name"), Reason::File("aws/eks/common.tf".into()));
    assert_eq!(why("policy"), Reason::File("aws/eks/common.tf".into()));
    assert_eq!(why("kms_master_key_id"), Reason::File("aws/eks/common.tf".into()));
    // A provider block with expressions declares no name.
    let unit = generate("<<EOF\nprovider \"aws\" {\n  region = \"${local.region}\"\n}\nEOF");
    let (_, plan) = planned(&[("aws/eks/main.tf", QUEUE), ("aws/eks/terragrunt.hcl", &unit)], &[]);
    assert_eq!(errors(&plan).len(), 2, "{:?}", plan.notes);
}

#[test]
fn two_units_that_write_different_texts_leave_it_open() {
    let of = |env: &str| {
        format!(
            "terraform {{\n  source = \"../../../aws//eks\"\n}}\n{}",
            generate(&format!("<<EOF\nvariable \"env\" {{ default = \"{env}\" }}\nEOF"))
        )
    };
    let (dev, live) = (of("dev"), of("live"));
    let files = [
        ("aws/eks/main.tf", QUEUE),
        ("env/dev/eks/terragrunt.hcl", &dev),
        ("env/live/eks/terragrunt.hcl", &live),
    ];
    let (_, plan) = planned(&files, &["env/dev/eks", "env/live/eks"]);
    assert_eq!(errors(&plan), [""; 0], "what else the other one declares is not known");
}

#[test]
fn defaults_are_not_what_terragrunt_gives() {
    let main = "variable \"options\" {\n  type    = map(string)\n  default = {}\n}\nresource \"aws_sqs_queue\" \"q\" {\n  name = var.options[\"name\"]\n}\n";
    let (_, plan) = planned(&[("aws/eks/main.tf", main), ("aws/eks/terragrunt.hcl", "inputs = {}\n")], &[]);
    assert_eq!(errors(&plan), [""; 0]);
    let warned = plan.notes.iter().find(|n| n.kind == NoteKind::Warning).unwrap();
    assert!(warned.help.as_ref().unwrap().contains("Terragrunt gives this module its values"), "{warned:?}");
    let (_, plan) = planned(&[("aws/eks/main.tf", main)], &[]);
    assert_eq!(errors(&plan).len(), 1);
}

#[test]
fn a_file_that_units_write_is_not_written_beside_itself() {
    let above = "generate \"common\" {\n  path     = \"common.tf\"\n  contents = file(\"variables.tf\")\n}\n";
    let files = [
        ("aws/eks/main.tf", "output \"x\" {\n  value = var.env\n}\n"),
        ("aws/eks/variables.tf", "variable \"env\" {\n  default = \"dev\"\n}\n"),
        ("aws/eks/terragrunt.hcl", above),
    ];
    let (parsed, plan) = planned(&files, &[]);
    assert_eq!(errors(&plan), [""; 0]);
    assert_eq!(parsed.directories["aws/eks"].len(), 2);
}
