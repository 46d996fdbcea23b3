//! What is inherited, and who is let in, in modules whose resources refer to each other: rules see links and unknown parts as
//! evaluation makes them, not as their own tests write them down.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

use trueline_check::{Context, Programs, Subject, check};
use trueline_model::{Plan, Profile, Resource};
use trueline_rego::Limits;
use trueline_rules::{Date, RuleSet, Settings};
use trueline_terraform::{Inputs, Parsed, plan};
use trueline_text::Memory;

/// What these rules say of a module, as `ADDRESS VERDICT`, sorted.
fn said(rules: &[&str], module: &str) -> Vec<String> {
    let memory = Memory::from_iter([("main.tf", module)]);
    let parsed = Parsed::load(&memory, &[".".to_owned()]);
    let plans: Vec<Plan> =
        parsed.roots().iter().map(|r| plan(&memory, &parsed, r, &Inputs::default())).collect();
    let settings = Settings::default();
    let context = Context {
        rules: &RuleSet::select(Profile::Baseline, &[], &settings),
        programs: &Programs::new(),
        settings: &settings,
        profile: Profile::Baseline,
        is_new: &|_: &Plan, _: &Resource| true,
        relative: &str::to_owned,
        whole: true,
        workspace: "default",
        today: Date::new(2026, 1, 1).unwrap(),
        now: 0,
        limits: &Limits::default(),
        threads: 1,
    };
    let report = check(&Subject { plans: &plans, parsed: &parsed }, &context);
    for n in &report.notes {
        assert!(n.kind != trueline_model::NoteKind::Error, "{}", n.message);
    }
    let found = report.findings.iter().filter(|f| rules.contains(&f.rule.as_str()));
    let mut out: Vec<String> = found.map(|f| format!("{} {}", f.subject, f.verdict.as_str())).collect();
    out.sort();
    out
}

#[test]
fn encryption_follows_what_things_are_made_from() {
    let rules = [
        "aws/rds/unencrypted-instance",
        "aws/rds/unencrypted-cluster",
        "aws/ebs/unencrypted-volume",
        "aws/ec2/unencrypted-block-device",
    ];
    assert_eq!(
        said(&rules, include_str!("modules/sources.tf")),
        [
            "aws_db_instance.p2 fail",
            "aws_db_instance.plain fail",
            "aws_db_instance.r1 fail",
            "aws_db_instance.r3 fail",
            "aws_db_instance.s2 fail",
            "aws_db_instance.s3 unknown",
            "aws_rds_cluster.dyn unknown",
        ]
    );
}

#[test]
fn denials_close_what_they_surely_cover() {
    assert_eq!(
        said(&["aws/iam/public-principal"], include_str!("modules/denials.tf")),
        [
            "aws_s3_bucket_policy.partly unknown",
            "aws_sqs_queue_policy.any_topic fail",
            "aws_sqs_queue_policy.endpoint unknown",
        ]
    );
}
