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

/// Where a policy's only finding is: `ADDRESS ROUTE | TEXT AT THE PLACE | HOPS`.
fn place(policy: &str, main: &str) -> Vec<String> {
    let policy = PolicyFile::new("own.rego", policy);
    let all = support::findings(Profile::Baseline, vec![policy], &[("main.tf", main)]);
    let own = all.iter().filter(|f| f.rule.starts_with("main/") && f.verdict.as_str() == "fail");
    let text = |f: &trueline_model::Finding| {
        let span = f.at.map(|at| at.span);
        span.map_or("", |s| main.get(s.start as usize..s.end as usize).unwrap_or("")).to_owned()
    };
    own.map(|f| format!("{} {} | {} | {}", f.subject, f.route, text(f), f.origin.len())).collect()
}

const OLD: &str = "package main\n";
const NEW: &str = "package main\nimport rego.v1\n";

#[test]
fn a_finding_is_where_the_body_read_it() {
    let main = "variable \"public\" {\n  default = true\n}\n\
        resource \"aws_db_instance\" \"open\" {\n  identifier = \"open\"\n  engine = \"mysql\"\n  publicly_accessible = var.public\n}\n\
        resource \"aws_db_instance\" \"closed\" {\n  identifier = \"closed\"\n  engine = \"mysql\"\n  publicly_accessible = false\n}\n";
    // The attribute that reads the variable, and its default.
    let at = "aws_db_instance.open publicly_accessible | true | 2";
    let policies = [
        format!(
            "{OLD}deny[msg] {{\n  r := input.resource_changes[_]\n  r.type == \"aws_db_instance\"\n  r.change.after.publicly_accessible == true\n  msg := \"a database is public\"\n}}\n"
        ),
        format!(
            "{NEW}deny contains \"a database is public\" if {{\n  some r in input.planned_values.root_module.resources\n  r.values.publicly_accessible\n}}\n"
        ),
        format!(
            "{NEW}warn contains {{\"msg\": \"public\"}} if {{\n  some r in data.trueline.resources.aws_db_instance\n  public(r)\n}}\npublic(r) if r.values.publicly_accessible == true\n"
        ),
        // What the message says is not what decides.
        format!(
            "{OLD}violation[{{\"msg\": msg}}] {{\n  r := public[_]\n  msg := sprintf(\"%s of %s is public\", [r.change.after.identifier, r.change.after.engine])\n}}\npublic[r] {{\n  r := input.resource_changes[_]\n  r.change.after.publicly_accessible == true\n}}\n"
        ),
        // The message names the resource although others were read.
        format!(
            "{NEW}deny contains msg if {{\n  some r in input.resource_changes\n  others := [o | some o in input.resource_changes; o.change.after.engine == \"mysql\"]\n  count(others) == 2\n  r.change.after.publicly_accessible\n  msg := sprintf(\"%s: public\", [r.address])\n}}\n"
        ),
    ];
    for policy in policies {
        assert_eq!(place(&policy, main), [at], "{policy}");
    }
}

#[test]
fn what_a_policy_says_goes_first_and_nothing_is_guessed() {
    let main = "resource \"aws_instance\" \"a\" {\n  ami = \"ami-1\"\n}\nresource \"aws_instance\" \"ab\" {\n  ami = \"ami-2\"\n}\n";
    let body = "if {\n  some r in input.resource_changes\n  r.change.after.ami == \"ami-2\"\n}\n";
    let said = format!(
        "{NEW}deny contains {{\"msg\": \"old\", \"address\": \"aws_instance.a\", \"route\": \"ami\"}} {body}"
    );
    assert_eq!(place(&said, main), ["aws_instance.a ami | \"ami-1\" | 0"]);
    let located = format!(
        "{NEW}deny contains {{\"msg\": \"old\", \"_loc\": {{\"file\": \"main.tf\", \"line\": 1}}}} {body}"
    );
    let found = place(&located, main);
    assert!(found.len() == 1 && found.iter().all(|f| f.starts_with(" ")), "{found:?}");
    let none_is_there = format!(
        "{NEW}deny contains \"no trail\" if count([r | some r in input.resource_changes; r.type == \"aws_cloudtrail\"]) == 0\n"
    );
    assert_eq!(place(&none_is_there, main), ["  |  | 0"]);
    let several = format!(
        "{NEW}deny contains \"mixed\" if count({{r.change.after.ami | some r in input.resource_changes}}) > 1\n"
    );
    assert_eq!(place(&several, main), ["  |  | 0"]);
    // A name that begins as another one is not that one.
    let named = format!(
        "{NEW}deny contains sprintf(\"%s is old, others: %d\", [r.address, count(all)]) if {{\n  all := [o.change.after.ami | some o in input.resource_changes]\n  some r in input.resource_changes\n  r.change.after.ami == \"ami-2\"\n}}\n"
    );
    assert_eq!(place(&named, main), ["aws_instance.ab ami | \"ami-2\" | 0"]);
}

/// A fix is never placed by a guess: a policy that offers one says where.
#[test]
fn a_fix_without_an_address_is_about_no_resource() {
    let machine = machine("a", "instance_type = \"x1\"");
    let find = |fix: &str| {
        format!(
            "deny contains {{\"msg\": \"aws_instance.a is too large\"{fix}}} if {{\n  some r in input.resource_changes\n  r.change.after.instance_type == \"x1\"\n}}\n"
        )
    };
    assert_eq!(said(&find(""), &machine), ["aws_instance.a fail"]);
    let fix = ", \"fix\": [{\"set\": \"instance_type\", \"value\": \"t3.small\"}]";
    assert_eq!(said(&find(fix), &machine), [" fail"]);
}
