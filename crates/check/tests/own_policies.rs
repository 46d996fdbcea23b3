//! An organization's policy can't pass on what is not known, and decides what is.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod support;

use trueline_model::Profile;
use trueline_rego::PolicyFile;

/// What a policy says: `ADDRESS VERDICT WHY` of each finding that is not one of the pack, sorted.
fn said(policy: &str, main: &str) -> Vec<String> {
    let policy = PolicyFile::new("own.rego", format!("package main\nimport rego.v1\n{policy}"));
    let all = support::findings(Profile::Baseline, vec![policy], &[("main.tf", main)]);
    let own = all.iter().filter(|f| f.rule.starts_with("main/"));
    let why = |f: &trueline_model::Finding| match f.verdict.as_str() {
        "unknown" => format!(" {} {}", f.route, f.why),
        _ => String::new(),
    };
    let mut out: Vec<String> =
        own.map(|f| format!("{} {}{}", f.subject, f.verdict.as_str(), why(f))).collect();
    out.sort();
    out
}

const VARIABLES: &str = "variable \"size\" { type = string }\nvariable \"tags\" { type = map(string) }\n\
                         variable \"on\" { type = bool }\nvariable \"more\" { type = list(string) }\n";

fn machine(name: &str, body: &str) -> String {
    format!("resource \"aws_instance\" \"{name}\" {{\n  ami = \"ami-1\"\n{body}\n}}\n")
}

/// The same question over `data.trueline` and over `input`.
fn both(condition: &str) -> [String; 2] {
    [
        format!(
            "deny contains {{\"msg\": \"no\", \"address\": r.address}} if {{\n  some r in data.trueline.resources.aws_instance\n  v := r.values\n  {condition}\n}}\n"
        ),
        format!(
            "deny contains {{\"msg\": \"no\", \"address\": r.address}} if {{\n  some r in input.resource_changes\n  r.type == \"aws_instance\"\n  v := r.change.after\n  {condition}\n}}\n"
        ),
    ]
}

#[test]
fn each_way_to_look_at_a_value_is_undecided_where_it_is_not_known() {
    let size = "instance_type `var.size` has no value and no default";
    let rows: &[(&str, &str, &str)] = &[
        ("v.instance_type == \"x1\"", "instance_type = var.size", size),
        ("v.instance_type != \"t3.small\"", "instance_type = var.size", size),
        ("startswith(v.instance_type, \"x1\")", "instance_type = var.size", size),
        ("object.get(v, \"instance_type\", \"\") == \"x1\"", "instance_type = var.size", size),
        ("not v.instance_type in {\"t3.small\"}", "instance_type = var.size", size),
        ("not v.instance_type", "instance_type = var.size", size),
        ("regex.match(`^x`, v[\"instance_type\"])", "instance_type = var.size", size),
        ("count([1 | v.instance_type == \"x1\"]) == 0", "instance_type = var.size", size),
        (
            "not v.tags.Owner",
            "instance_type = \"t3.small\"\ntags = { Owner = var.size }",
            "tags.Owner `var.size` has no value and no default",
        ),
        (
            "not v.tags.Owner",
            "instance_type = \"t3.small\"\ntags = var.tags",
            "tags `var.tags` has no value and no default",
        ),
        (
            "some k, _ in v.tags; k == \"x\"",
            "instance_type = \"t3.small\"\ntags = var.tags",
            "tags `var.tags` has no value and no default",
        ),
        (
            "v.monitoring == false",
            "instance_type = \"t3.small\"\nmonitoring = var.on",
            "monitoring `var.on` has no value and no default",
        ),
    ];
    for (condition, body, expected) in rows {
        let main = format!(
            "{VARIABLES}{}{}",
            machine("a", body),
            machine("b", "instance_type = \"t3.small\"\ntags = { Owner = \"me\" }\nmonitoring = true")
        );
        for policy in both(condition) {
            let own = said(&policy, &main);
            let undecided: Vec<&String> = own.iter().filter(|s| s.contains("unknown")).collect();
            assert_eq!(undecided, [&format!("aws_instance.a unknown {expected}")], "{policy}");
        }
    }
}

#[test]
fn what_is_known_is_decided_beside_it() {
    let main = format!(
        "{VARIABLES}{}{}{}",
        machine("large", "instance_type = \"x1\""),
        machine("small", "instance_type = \"t3.small\"\nuser_data = var.size"),
        machine("open", "instance_type = var.size"),
    );
    for policy in both("v.instance_type == \"x1\"") {
        assert_eq!(
            said(&policy, &main),
            [
                "aws_instance.large fail",
                "aws_instance.open unknown instance_type `var.size` has no value and no default"
            ],
            "{policy}"
        );
    }
    // What the source leaves out is absent.
    for policy in both("object.get(v, \"key_name\", null) == null") {
        let found = said(&policy, &format!("{VARIABLES}{}", machine("a", "instance_type = var.size")));
        assert_eq!(found, ["aws_instance.a fail"], "{policy}");
    }
    // Nothing unknown is looked at.
    for policy in both("v.ami == \"ami-2\"") {
        assert!(said(&policy, &main).is_empty(), "{policy}");
    }
}

#[test]
fn warnings_violations_and_helpers_are_no_other_way() {
    let main = format!("{VARIABLES}{}", machine("a", "instance_type = var.size"));
    for policy in [
        "large(r) if r.values.instance_type == \"x1\"\nwarn contains r.address if {\n  some r in data.trueline.resources.aws_instance\n  large(r)\n}\n",
        "large contains r.address if {\n  some r in data.trueline.resources.aws_instance\n  r.values.instance_type == \"x1\"\n}\nviolation contains {\"msg\": a} if some a in large\n",
        "deny_a contains \"x\" if input.variables.size.value == \"x1\"\n",
        "all_small if {\n  every r in input.planned_values.root_module.resources { r.values.instance_type != \"x1\" }\n}\ndeny contains \"x\" if not all_small\n",
    ] {
        let found = said(policy, &main);
        assert!(
            found.len() == 1 && found.iter().all(|f| f.contains(" unknown ") && f.contains("var.size")),
            "{policy}: {found:?}"
        );
    }
}
