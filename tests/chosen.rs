//! What is checked is what was chosen: by profile, framework, and folders of policies, from flags and from settings.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods
)] // the program is run from outside

mod program;

use std::path::Path;

use program::Run;

const MAIN: &str = "resource \"aws_db_instance\" \"d\" {\n  instance_class    = \"db.t3.micro\"\n  engine            = \"postgres\"\n  storage_encrypted = false\n}\n\n\
                    resource \"aws_s3_bucket\" \"b\" {\n  bucket = \"b\"\n}\n\nresource \"aws_sqs_queue\" \"q\" {\n  sqs_managed_sse_enabled = false\n}\n";
const PODS: &str =
    "package main\n\ndeny contains \"no limits\" if {\n\tinput.kind == \"Pod\"\n\tnot input.spec.limits\n}\n";
const OWN: &str = "package main\n\ndeny contains \"never\" if input.resource_changes\n";

/// Rules that found something, and whether all of them are of a framework.
fn found(dir: &Path, args: &[&str]) -> Vec<(String, Vec<String>)> {
    let run = Run::of(dir, &[&["check", "--format", "json"], args].concat());
    let json: serde_json::Value =
        serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {}{}", run.stdout, run.stderr));
    let text = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
    let frameworks = |f: &serde_json::Value| {
        f["controls"].as_array().unwrap().iter().map(|c| text(&c["framework"])).collect()
    };
    json["findings"].as_array().unwrap().iter().map(|f| (text(&f["rule"]), frameworks(f))).collect()
}

#[test]
fn a_framework_leaves_the_rules_that_are_mapped_to_it() {
    let dir = program::files(&[("main.tf", MAIN), ("policy/own.rego", OWN)]);
    let of = |args: &[&str]| found(dir.path(), args);
    let all = of(&[]);
    let cis = "cis-aws-5.0".to_owned();
    let expected: Vec<_> = all.iter().filter(|(_, f)| f.contains(&cis)).cloned().collect();
    assert!(!expected.is_empty() && expected.len() < all.len(), "{all:?}");
    assert!(all.iter().any(|(rule, _)| rule.starts_with("main/")), "{all:?}");
    assert_eq!(of(&["--framework", &cis]), expected);
    let both = of(&["--framework", &cis, "--framework", "hipaa"]);
    assert_eq!(
        both,
        all.iter()
            .filter(|(_, f)| f.contains(&cis) || f.contains(&"hipaa".to_owned()))
            .cloned()
            .collect::<Vec<_>>()
    );
    assert!(both.len() > expected.len());
    // It stands in place of the settings' frameworks, and narrows what `--rule` names.
    std::fs::write(dir.path().join("trueline.toml"), "frameworks = [\"soc2\"]\n").unwrap();
    assert_eq!(of(&["--framework", &cis]), expected);
    let rule = "aws/rds/unencrypted-instance";
    assert_eq!(of(&["--framework", &cis, "--rule", rule]).len(), 1);
    let none = Run::of(dir.path(), &["check", "--framework", &cis, "--rule", "aws/sqs/unencrypted-queue"]);
    assert_eq!((none.code, none.stderr.contains("no rule is left")), (2, true), "{}", none.stderr);
    for command in ["check", "fix", "rules"] {
        let run = Run::of(dir.path(), &[command, "--framework", "cis-aws-5"]);
        assert_eq!(run.code, 2, "{command}");
        assert!(run.stderr.contains("did you mean `cis-aws-5.0`?"), "{command}: {}", run.stderr);
    }
}

#[test]
fn a_profile_adds_to_what_is_on() {
    let dir = program::files(&[("main.tf", MAIN)]);
    let (baseline, strict) =
        (found(dir.path(), &["--profile", "baseline"]), found(dir.path(), &["--profile", "strict"]));
    assert_eq!(found(dir.path(), &[]), baseline);
    assert!(strict.len() > baseline.len() && baseline.iter().all(|f| strict.contains(f)));
    std::fs::write(dir.path().join("trueline.toml"), "profile = \"strict\"\n").unwrap();
    assert_eq!(found(dir.path(), &[]), strict);
    assert_eq!(found(dir.path(), &["--profile", "baseline"]), baseline);
}

#[test]
fn a_first_run_is_told_what_settings_would_add() {
    let dir = program::files(&[("main.tf", MAIN)]);
    let says = |args: &[&str]| {
        let out = Run::of(dir.path(), &[&["check"], args].concat()).stdout;
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let hint = "there is no trueline.toml: it could add";
    assert!(says(&[]).contains(hint) && says(&[]).contains("more rules (`profile = \"strict\"`)"));
    assert!(
        says(&["--profile", "strict"]).contains(hint)
            && !says(&["--profile", "strict"]).contains("more rules")
    );
    assert!(
        says(&["--framework", "cis-aws-5.0"]).contains("more rules of cis-aws-5.0 with `--profile strict`")
    );
    for args in [
        &["--format", "json"][..],
        &["--format", "github"],
        &["--format", "concise"],
        &["--rule", "aws/s3/*"],
    ] {
        assert!(!says(args).contains(hint), "{args:?}");
    }
    std::fs::write(dir.path().join("trueline.toml"), "").unwrap();
    assert!(!says(&[]).contains(hint));
}

#[test]
fn a_folder_of_policies_that_are_not_about_terraform_is_named_and_can_be_left_out() {
    let dir = program::files(&[
        ("a/main.tf", MAIN),
        ("b/main.tf", MAIN),
        ("policy/pods.rego", PODS),
        ("trueline.toml", ""),
    ]);
    let told = "the policies in `policy` ran, but none of them looks at Terraform";
    let run = Run::of(dir.path(), &["check"]);
    assert_eq!(run.stdout.matches(told).count(), 1, "{}", run.stdout);
    assert!(run.stdout.contains("policy = []"), "{}", run.stdout);
    let write = |path: &str, text: &str| std::fs::write(dir.path().join(path), text).unwrap();
    write("trueline.toml", "policy = [\"policy\"]\n");
    assert!(!Run::of(dir.path(), &["check"]).stdout.contains(told), "it was named");

    write("trueline.toml", "");
    write("policy/own.rego", OWN);
    let run = Run::of(dir.path(), &["check", "--format", "concise"]);
    assert!(!run.stdout.contains(told) && run.stdout.contains("never"), "{}", run.stdout);
    write("trueline.toml", "policy = []\n");
    let run = Run::of(dir.path(), &["check", "--format", "concise"]);
    assert!(!run.stdout.contains("never") && run.code == 1, "{}", run.stdout);
    let run = Run::of(dir.path(), &["check", "--format", "concise", "--policy", "policy"]);
    assert!(run.stdout.contains("never"), "a flag names them all the same: {}", run.stdout);
}
