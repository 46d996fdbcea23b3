//! What is inherited, and who is let in, in modules whose resources refer to each other: rules see links and unknown parts as
//! evaluation makes them, not as their own tests write them down.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod support;

use trueline_model::Profile;

/// What these rules say of a module, as `ADDRESS VERDICT`, sorted.
fn said(rules: &[&str], module: &str) -> Vec<String> {
    let all = support::findings(Profile::Baseline, Vec::new(), &[("main.tf", module)]);
    let found = all.iter().filter(|f| rules.contains(&f.rule.as_str()));
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
