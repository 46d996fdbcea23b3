//! Checks modules that are in memory, with a day and settings that are always the same.

use trueline_check::{Context, Programs, Report, Subject, check};
use trueline_model::{Finding, NoteKind, Plan, Profile, Resource};
use trueline_rego::{Limits, PolicyFile};
use trueline_rules::{Date, RuleSet, Settings};
use trueline_terraform::{Inputs, Parsed, plan};
use trueline_text::Memory;

/// The findings of the pack and of these policies in the roots among these files. Every resource is new. Errors end the test.
#[allow(dead_code, reason = "not every test asks for them")]
pub fn findings(profile: Profile, policies: Vec<PolicyFile>, files: &[(&str, &str)]) -> Vec<Finding> {
    let report = reported(profile, policies, files);
    for n in &report.notes {
        assert!(n.kind != NoteKind::Error, "{}\n{files:?}", n.message);
    }
    report.findings
}

/// The errors of a run.
#[allow(dead_code, reason = "one of the tests asks for them")]
pub fn notes(policies: Vec<PolicyFile>, files: &[(&str, &str)]) -> Vec<String> {
    let report = reported(Profile::Baseline, policies, files);
    report.notes.into_iter().filter(|n| n.kind == NoteKind::Error).map(|n| n.message).collect()
}

/// All that a run reports.
pub fn reported(profile: Profile, policies: Vec<PolicyFile>, files: &[(&str, &str)]) -> Report {
    let memory = Memory::from_iter(files.iter().copied());
    let mut dirs: Vec<String> =
        files.iter().map(|(p, _)| p.rsplit_once('/').map_or(".", |(d, _)| d).to_owned()).collect();
    dirs.dedup();
    let parsed = Parsed::load(&memory, &dirs);
    let plans: Vec<Plan> =
        parsed.roots().iter().map(|r| plan(&memory, &parsed, r, &Inputs::default())).collect();
    let settings = Settings::default();
    let context = Context {
        rules: &RuleSet::select(profile, &[], &settings).with_policies(policies),
        programs: &Programs::new(),
        settings: &settings,
        profile,
        is_new: &|_: &Plan, _: &Resource| true,
        relative: &str::to_owned,
        whole: true,
        workspace: "default",
        today: Date::new(2026, 1, 1).unwrap(),
        now: 0,
        limits: &Limits::default(),
        threads: 1,
    };
    check(&Subject { plans: &plans, parsed: &parsed }, &context)
}
