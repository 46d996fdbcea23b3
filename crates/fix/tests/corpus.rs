//! The promises about fixes, with the whole pack, over modules that nobody wrote for a test: as they are and after what
//! people and editors do to texts.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may stop and reads its files"
)]

mod mutation;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mutation::{kept, mutate, mutation};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use trueline_check::{Context, Programs, Report, Subject, check};
use trueline_fix::{Outcome, Task, WithheldReason, fix_judged};
use trueline_model::{Finding, Plan, Profile, Verdict};
use trueline_rego::Limits;
use trueline_rules::{Date, RuleSet, Settings};
use trueline_terraform::{Given, Inputs, Parsed, plan};
use trueline_text::Memory;

const SETTINGS: &str = r#"
[settings]
required_tags = { Owner = "platform-team", CostCenter = "cc-1234" }

[settings.aws]
region      = "us-east-1"
kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
"#;

type Texts = BTreeMap<String, String>;

/// The pack, compiled once for all runs.
struct Bench {
    rules: RuleSet,
    settings: Settings,
    programs: Programs,
    limits: Limits,
}

impl Bench {
    fn new() -> Self {
        let settings = Settings::parse("trueline.toml", SETTINGS).unwrap();
        let rules = RuleSet::select(Profile::Strict, &[], &settings);
        Self { rules, settings, programs: Programs::new(), limits: Limits::default() }
    }

    /// A module of a directory, mended; `backwards` has the findings the other way round.
    fn mend(&self, texts: &Texts, values: &str, backwards: bool) -> (Plan, Outcome) {
        let mut files = Memory::from_iter(texts.iter().map(|(p, t)| (p.as_str(), t.as_str())));
        files.insert("values.tfvars", values);
        let parsed = Parsed::load(&files, &[".".to_owned(), "values.tfvars".to_owned()]);
        let inputs = Inputs { given: vec![Given::File("values.tfvars".to_owned())], ..Inputs::default() };
        let before = plan(&files, &parsed, ".", &inputs);
        let context = Context {
            rules: &self.rules,
            programs: &self.programs,
            settings: &self.settings,
            profile: Profile::Strict,
            is_new: &|_, _| true,
            relative: &str::to_owned,
            whole: true,
            workspace: "default",
            today: Date::new(2027, 1, 1).unwrap(),
            now: 0,
            limits: &self.limits,
            threads: 1,
        };
        let judge = |plans: &[Plan], parsed: &Parsed| check(&Subject { plans, parsed }, &context);
        let mut report: Report = judge(std::slice::from_ref(&before), &parsed);
        if backwards {
            report.findings.reverse();
        }
        let each = |_: &str| vec![inputs.clone()];
        let task = Task {
            files: &files,
            parsed: &parsed,
            inputs: &each,
            plans: std::slice::from_ref(&before),
            report: &report,
            own: None,
            is_new: &|_, _| true,
            tags: trueline_fix::TagPlace::Shared,
            allow_unsafe: false,
            asked: &|_| true,
            threads: 1,
        };
        let outcome = fix_judged(&task, &judge);
        (before, outcome)
    }
}

fn corpus() -> Vec<(String, Texts, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    let mut out = Vec::new();
    for entry in std::fs::read_dir(root.join("terraform")).unwrap() {
        let dir = entry.unwrap().path();
        let name = dir.file_name().unwrap().to_str().unwrap().to_owned();
        let mut texts = Texts::new();
        let mut todo = vec![dir.clone()];
        while let Some(d) = todo.pop() {
            for e in std::fs::read_dir(&d).unwrap() {
                let path = e.unwrap().path();
                if path.is_dir() {
                    todo.push(path);
                } else if let Ok(text) = std::fs::read_to_string(&path) {
                    let shown = path.strip_prefix(&dir).unwrap().to_str().unwrap().replace('\\', "/");
                    texts.insert(shown, text);
                }
            }
        }
        let values = std::fs::read_to_string(root.join(format!("plans/{name}.tfvars"))).unwrap_or_default();
        out.push((name, texts, values));
    }
    out.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(out.len(), 30);
    out
}

/// What a finding is about, whatever its place.
fn subject(f: &Finding) -> (String, String, String) {
    let address = f.address.as_ref().map(ToString::to_string).unwrap_or_default();
    (f.rule.clone(), address, f.route.to_string())
}

fn addresses(plan: &Plan) -> BTreeSet<String> {
    plan.resources.iter().chain(&plan.data).map(|r| r.address.to_string()).collect()
}

/// Everything that must hold of one module; the number of findings that were mended. No fix of a text `as_written` is
/// withdrawn.
fn promises(bench: &Bench, texts: &Texts, values: &str, as_written: bool) -> Result<usize, String> {
    let (before, out) = bench.mend(texts, values, false);
    let by_choice = |r: &WithheldReason| matches!(r, WithheldReason::Unsafe(_) | WithheldReason::Needs(_));
    if let Some(w) = out.withheld.iter().find(|w| as_written && !by_choice(&w.reason)) {
        return Err(format!("{:?}: {}", subject(&w.finding), w.reason));
    }
    let mut fixed = texts.clone();
    for (path, change) in &out.changes {
        kept(&change.before, &change.after).map_err(|e| format!("{path}: {e}"))?;
        fixed.insert(path.clone(), change.after.clone());
    }
    let left: BTreeSet<_> =
        out.remaining.findings.iter().filter(|f| f.verdict != Verdict::Waived).map(subject).collect();
    for a in &out.applied {
        if left.contains(&subject(&a.finding)) {
            return Err(format!("{:?} was mended, and is there still", subject(&a.finding)));
        }
    }
    let (after, again) = bench.mend(&fixed, values, false);
    if !again.changes.is_empty() {
        let what: Vec<_> = again.applied.iter().map(|a| subject(&a.finding)).collect();
        return Err(format!("a second run mends {what:?}"));
    }
    let gone: Vec<String> = addresses(&before).difference(&addresses(&after)).cloned().collect();
    if !gone.is_empty() {
        return Err(format!("gone: {gone:?}"));
    }
    if bench.mend(texts, values, true).1.changes != out.changes {
        return Err("the order of the findings decides what is changed".to_owned());
    }
    Ok(out.applied.len())
}

/// A module and two mutations of it; the seed is the module's place, so that every run tries the same.
fn one_in_three(part: usize) {
    let bench = Bench::new();
    let mut mended = 0;
    for (i, (name, texts, values)) in corpus().iter().enumerate().filter(|(i, _)| i % 3 == part) {
        let seed = [u8::try_from(i).unwrap(); 32];
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        let mut runner = TestRunner::new_with_rng(Config::default(), rng);
        let some = proptest::collection::vec(mutation(), 1..8);
        for round in 0..3 {
            let mutations: Vec<mutation::Mutation> = match round {
                0 => Vec::new(),
                _ => some.new_tree(&mut runner).unwrap().current(),
            };
            let done = |(path, text): (&String, &String)| {
                let is_source = path.ends_with(".tf");
                (path.clone(), if is_source { mutate(text, &mutations) } else { text.clone() })
            };
            let changed: Texts =
                if mutations.is_empty() { texts.clone() } else { texts.iter().map(done).collect() };
            match promises(&bench, &changed, values, mutations.is_empty()) {
                Ok(n) => mended += n,
                Err(e) => panic!("{name}, after {mutations:?}: {e}"),
            }
        }
    }
    assert!(mended > 100, "only {mended} findings were mended");
}

#[test]
fn promises_hold_for_the_first_third_of_the_corpus() {
    one_in_three(0);
}

#[test]
fn promises_hold_for_the_second_third_of_the_corpus() {
    one_in_three(1);
}

#[test]
fn promises_hold_for_the_last_third_of_the_corpus() {
    one_in_three(2);
}
