//! What can't be read or would never end: notes, never a crash, and the rest is still there.

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

use support::{load, plan_of, values};
use trueline_model::{NoteKind, Reason};
use trueline_terraform::{Inputs, MAX_FILE, Parsed, plan};
use trueline_text::Memory;

fn errors(plan: &trueline_model::Plan) -> Vec<&str> {
    plan.notes.iter().filter(|n| n.kind == NoteKind::Error).map(|n| n.message.as_str()).collect()
}

#[test]
fn a_missing_module_directory_is_noted_at_its_source_and_its_outputs_are_unknown() {
    let plan = plan_of(&[(
        "main.tf",
        "module \"m\" { source = \"./gone\" }\nresource \"aws_sqs_queue\" \"q\" {\n name = module.m.x\n delay_seconds = 1\n}",
    )]);
    let note = plan.notes.iter().find(|n| n.message.contains("`gone`")).expect("a note");
    assert!(note.kind == NoteKind::Error && note.at.is_some());
    assert_eq!(support::value(&plan, "aws_sqs_queue.q", "name").reason(), Some(&Reason::Module("m".into())));
    assert_eq!(values(&plan, "aws_sqs_queue.q", "delay_seconds"), "1");
}

#[test]
fn remote_modules_are_read_where_init_put_them_else_said_once() {
    let remote = "module \"v\" {\n source  = \"terraform-aws-modules/vpc/aws\"\n version = \"5.0.0\"\n}";
    let plan = plan_of(&[("main.tf", remote)]);
    assert_eq!(plan.notes.iter().map(|n| n.kind).collect::<Vec<_>>(), [NoteKind::Warning]);
    let (parsed, plan) = load(
        &[
            ("main.tf", remote),
            (
                ".terraform/modules/modules.json",
                r#"{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"v","Source":"x","Dir":".terraform/modules/v"}]}"#,
            ),
            (".terraform/modules/v/main.tf", "resource \"aws_vpc\" \"this\" {}"),
        ],
        &Inputs::default(),
    );
    let r = support::resource(&plan, "module.v.aws_vpc.this");
    assert_eq!(r.declared.as_ref().map(|d| d.editable), Some(false));
    assert!(plan.notes.is_empty(), "{:?}", plan.notes);
    assert_eq!(parsed.roots().iter().map(|d| &**d).collect::<Vec<_>>(), ["."]);
}

#[test]
fn modules_that_call_each_other_in_a_circle_are_noted() {
    let files = [
        ("a/main.tf", "module \"b\" { source = \"../b\" }\nresource \"aws_vpc\" \"v\" {}"),
        ("b/main.tf", "module \"a\" { source = \"../a\" }"),
    ];
    let memory = Memory::from_iter(files);
    let parsed = Parsed::load(&memory, &["a".into()]);
    assert_eq!(parsed.roots().iter().map(|d| &**d).collect::<Vec<_>>(), ["a"]);
    let plan = plan(&memory, &parsed, "a", &Inputs::default());
    assert!(errors(&plan).iter().any(|e| e.contains("part of")), "{:?}", errors(&plan));
    support::resource(&plan, "aws_vpc.v");
}

#[test]
fn files_that_are_too_large_or_no_text_are_refused_and_the_others_read() {
    let mut memory = Memory::from_iter([("main.tf", "resource \"aws_vpc\" \"v\" {}")]);
    memory.insert("big.tf", vec![b'#'; MAX_FILE + 1]);
    memory.insert("latin.tf", vec![b'#', 0xe4]);
    let parsed = Parsed::load(&memory, &[".".into(), "nowhere".into()]);
    let plan = plan(&memory, &parsed, ".", &Inputs::default());
    let said = errors(&plan);
    for part in ["`big.tf`", "`latin.tf`", "`nowhere`"] {
        assert!(said.iter().any(|e| e.contains(part)), "{said:?}");
    }
    support::resource(&plan, "aws_vpc.v");
}

#[test]
fn syntax_errors_leave_the_rest_of_the_file() {
    let plan = plan_of(&[(
        "main.tf",
        "resource \"aws_vpc\" \"v\" {\n cidr_block = = 1\n}\nresource \"aws_vpc\" \"w\" {}\n",
    )]);
    assert!(!errors(&plan).is_empty());
    support::resource(&plan, "aws_vpc.w");
}

#[test]
fn values_that_double_with_every_line_are_bounded() {
    let mut list = String::from("locals {\n l0 = [1, 2]\n s0 = \"0123456789\"\n");
    for i in 1..60 {
        list.push_str(&format!(
            " l{i} = [local.l{0}, local.l{0}]\n s{i} = \"${{local.s{0}}}${{local.s{0}}}\"\n",
            i - 1
        ));
    }
    list.push_str("}\nresource \"aws_sqs_queue\" \"q\" {\n name = jsonencode(local.l59)\n policy = local.s59\n delay_seconds = 4\n}");
    let plan = plan_of(&[("main.tf", &list)]);
    assert!(errors(&plan).iter().any(|e| e.contains("too large")), "{:?}", errors(&plan));
    assert!(errors(&plan).iter().any(|e| e.contains("MiB")), "{:?}", errors(&plan));
    assert_eq!(values(&plan, "aws_sqs_queue.q", "delay_seconds"), "4");
}

#[test]
fn values_nested_by_a_long_chain_are_bounded() {
    let mut text = String::from("locals {\n l0 = 1\n");
    for i in 1..5_000 {
        text.push_str(&format!(" l{i} = [local.l{}]\n", i - 1));
    }
    text.push_str("}\nresource \"aws_sqs_queue\" \"q\" { name = jsonencode(local.l4999) }");
    assert!(errors(&plan_of(&[("main.tf", &text)])).iter().any(|e| e.contains("too deeply")));
}

#[test]
fn unknown_names_are_noted_with_the_nearest_one() {
    let plan = plan_of(&[(
        "main.tf",
        "variable \"region\" {}\nresource \"aws_vpc\" \"main\" {}\nresource \"aws_subnet\" \"s\" {\n vpc_id = aws_vpc.mian.id\n cidr_block = var.regoin\n availability_zone = local.x\n tags = { A = aws_vpc.main.idd }\n}",
    )]);
    let help: Vec<String> = plan.notes.iter().filter_map(|n| n.help.clone()).collect();
    for name in ["`main`", "`region`"] {
        assert!(help.iter().any(|h| h.contains(name)), "{help:?}");
    }
    assert_eq!(errors(&plan).len(), 4, "{:?}", errors(&plan));
}

#[test]
fn counts_beyond_all_measure_are_refused() {
    let plan = plan_of(&[(
        "main.tf",
        "resource \"aws_vpc\" \"v\" { count = 1e12 }\nresource \"aws_vpc\" \"w\" { count = -1 }\nresource \"aws_vpc\" \"x\" { for_each = [\"a\"] }",
    )]);
    assert_eq!(errors(&plan).len(), 3, "{:?}", errors(&plan));
}
