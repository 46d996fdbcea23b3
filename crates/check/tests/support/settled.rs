//! Checks a module of one file against one rule, by the settings that the examples of the pack take for granted.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use trueline_check::{Context, Programs, Report, Subject, check_unseen};
use trueline_model::{Plan, Profile, Resource};
use trueline_rego::Limits;
use trueline_rules::{Date, RuleSet, Settings};
use trueline_terraform::{Inputs, Parsed, plan};
use trueline_text::Memory;

/// A module, and what was said of it.
pub struct Checked {
    pub parsed: Parsed,
    pub plan: Plan,
    pub report: Report,
}

/// The settings of the examples.
pub fn settings() -> Settings {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/trueline.toml");
    let text = std::fs::read_to_string(folder).unwrap();
    Settings::parse("policies/trueline.toml", &text).unwrap()
}

/// What one rule says of a module of this text. Every resource is new.
pub fn checked(rule: &str, text: &str) -> Checked {
    let files = [("main.tf", text)];
    let memory = Memory::from_iter(files);
    let parsed = Parsed::load(&memory, &[".".to_owned()]);
    let plan = plan(&memory, &parsed, &parsed.roots()[0], &Inputs::default());
    let report = judged(rule, &plan, &parsed);
    Checked { parsed, plan, report }
}

thread_local! {
    /// Compiled policies by rule: the same module is asked many times.
    static PROGRAMS: RefCell<BTreeMap<String, Rc<Programs>>> = const { RefCell::new(BTreeMap::new()) };
}

/// What one rule says of a plan.
pub fn judged(rule: &str, plan: &Plan, parsed: &Parsed) -> Report {
    let settings = settings();
    let programs = PROGRAMS.with_borrow_mut(|all| all.entry(rule.to_owned()).or_default().clone());
    let context = Context {
        rules: &RuleSet::only(&[rule.to_owned()], &settings).unwrap(),
        programs: &programs,
        settings: &settings,
        profile: Profile::Strict,
        is_new: &|_: &Plan, _: &Resource| true,
        relative: &str::to_owned,
        whole: true,
        workspace: "default",
        today: Date::new(2026, 1, 1).unwrap(),
        now: 0,
        limits: &Limits::default(),
        threads: 1,
    };
    check_unseen(&Subject { plans: std::slice::from_ref(plan), parsed }, &context)
}
