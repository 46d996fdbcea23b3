//! Whatever the text of a module: a fix brings no error of syntax, keeps every resource, panics nowhere, and a second run changes nothing.

#![no_main]

#[path = "../../crates/fix/tests/rule/mod.rs"]
mod rule;

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use rule::{Rule, judge};
use serde_json::json;
use trueline_fix::{Outcome, TagPlace, Task, fix_judged};
use trueline_model::Plan;
use trueline_terraform::{Inputs, Parsed, plan};
use trueline_text::Memory;

fn rules() -> Vec<Rule> {
    [
        json!({"rule": "fuzz/encrypted", "every": "aws_ebs_volume", "fix": [{"set": "encrypted", "value": true}]}),
        json!({"rule": "fuzz/owner", "every": "aws_s3_bucket", "fix": [{"default": "tags.Owner", "value": "me"}]}),
        json!({"rule": "fuzz/block", "every": "aws_instance", "fix": [{"set": "root_block_device.encrypted", "value": true}]}),
        json!({"rule": "fuzz/remove", "every": "aws_security_group", "fix": [{"remove": "description"}]}),
        json!({"rule": "fuzz/companion", "every": "aws_s3_bucket", "fix": [{"ensure": "aws_s3_bucket_versioning",
            "link": {"bucket": "id"}, "set": {"versioning_configuration.status": "Enabled"}}]}),
        json!({"rule": "fuzz/policy", "every": "aws_iam_policy", "fix": [{"statement": "policy",
            "change": [{"set": "Statement[0].Action", "value": ["s3:GetObject"]}]}]}),
    ]
    .iter()
    .map(Rule::read)
    .collect()
}

fn run(text: &str) -> (Plan, Outcome) {
    let files = Memory::from_iter([("main.tf", text)]);
    let parsed = Parsed::load(&files, &[".".to_owned()]);
    let inputs = |_: &str| vec![Inputs::default()];
    let before = plan(&files, &parsed, ".", &Inputs::default());
    let rules = rules();
    let say = |plans: &[Plan], parsed: &Parsed| judge(&rules, plans, parsed);
    let report = say(std::slice::from_ref(&before), &parsed);
    let task = Task {
        files: &files,
        parsed: &parsed,
        inputs: &inputs,
        plans: std::slice::from_ref(&before),
        report: &report,
        own: None,
        is_new: &|_, _| true,
        tags: TagPlace::Shared,
        allow_unsafe: true,
        asked: &|_| true,
        threads: 1,
    };
    let outcome = fix_judged(&task, &say);
    (before, outcome)
}

fuzz_target!(|text: &str| {
    let (before, outcome) = run(text);
    let Some(change) = outcome.changes.get("main.tf") else { return };
    let errors = |t: &str| trueline_hcl::parse(t).errors.len();
    assert!(errors(&change.after) <= errors(text), "a fix brought an error of syntax");
    let (after, again) = run(&change.after);
    assert!(again.changes.is_empty(), "a second run changes something");
    let now: BTreeMap<_, _> = after.resources.iter().map(|r| (r.address.to_string(), ())).collect();
    assert!(before.resources.iter().all(|r| now.contains_key(&r.address.to_string())), "a resource is gone");
});
