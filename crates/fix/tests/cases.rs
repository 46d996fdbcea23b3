//! Folders `cases/NAME/`: files before, `FILE.fixed` after, and `operations.json` with the rules that ask for it.
//!
//! `operations.json`: `{"rules": [{"rule", "every" | "at": […], "fix": [operation…], "unless": {"route", "is"}, …}], "inputs": […],
//! "withheld": {RULE: "part of the reason"}, "unsafe": bool, "tags": "provider" | "resource", "own": [ROOT…],
//! "existing": bool, "links": {NAME: FILE}}`; links are written there since not every checkout keeps them. A file without `.fixed` must stay as it is. Every case is
//! also run again on its result, which must change nothing, and with the findings the other way round.

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

mod rule;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rule::{Rule, judge};
use serde_json::Value as Json;
use trueline_check::Report;
use trueline_fix::{Outcome, TagPlace, Task, fix_judged};
use trueline_model::Plan;
use trueline_terraform::{Given, Inputs, Parsed, plan};
use trueline_text::Memory;

struct Case {
    files: BTreeMap<String, String>,
    /// Other names of files: links to them, or into linked directories.
    links: BTreeMap<String, String>,
    fixed: BTreeMap<String, String>,
    json: Json,
}

fn load(dir: &Path) -> Case {
    let mut case =
        Case { files: BTreeMap::new(), links: BTreeMap::new(), fixed: BTreeMap::new(), json: Json::Null };
    let mut todo = vec![dir.to_path_buf()];
    while let Some(d) = todo.pop() {
        for entry in std::fs::read_dir(&d).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                todo.push(path);
                continue;
            }
            let name = path.strip_prefix(dir).unwrap().to_str().unwrap().replace('\\', "/");
            let text = std::fs::read_to_string(&path).unwrap();
            match name.strip_suffix(".fixed") {
                Some(n) => drop(case.fixed.insert(n.to_owned(), text)),
                None if name == "operations.json" => case.json = serde_json::from_str(&text).unwrap(),
                None => drop(case.files.insert(name, text)),
            }
        }
    }
    for (name, target) in case.json["links"].as_object().into_iter().flatten() {
        case.links.insert(name.clone(), target.as_str().unwrap().to_owned());
    }
    case
}

fn run(case: &Case, files: &BTreeMap<String, String>, backwards: bool) -> Outcome {
    let json = &case.json;
    let mut memory = Memory::from_iter(files.iter().map(|(p, t)| (p, t.as_str())));
    case.links.iter().for_each(|(name, target)| memory.link(name, target));
    let rules: Vec<Rule> = json["rules"].as_array().unwrap().iter().map(Rule::read).collect();
    let dirs: BTreeSet<String> = files
        .keys()
        .chain(case.links.keys())
        .filter(|p| p.ends_with(".tf") || p.ends_with(".tf.json"))
        .map(|p| p.rsplit_once('/').map_or(".", |(d, _)| d).to_owned())
        .filter(|d| !d.contains(".terraform"))
        .collect();
    let dirs: Vec<String> = dirs.into_iter().collect();
    let parsed = Parsed::load(&memory, &dirs);
    let variants = |_: &str| -> Vec<Inputs> {
        let sets = json["inputs"].as_array().cloned().unwrap_or_default();
        let inputs = |s: &Json| Inputs {
            given: s
                .as_array()
                .into_iter()
                .flatten()
                .map(|f| Given::File(f.as_str().unwrap().to_owned()))
                .collect(),
            ..Inputs::default()
        };
        if sets.is_empty() { vec![Inputs::default()] } else { sets.iter().map(inputs).collect() }
    };
    let plans: Vec<Plan> =
        parsed.roots().iter().map(|r| plan(&memory, &parsed, r, &variants(r)[0])).collect();
    for n in plans.iter().flat_map(|p| &p.notes).chain(&parsed.notes) {
        assert!(n.kind != trueline_model::NoteKind::Error, "{}", n.message);
    }
    let say = |plans: &[Plan], parsed: &Parsed| judge(&rules, plans, parsed);
    let mut report: Report = say(&plans, &parsed);
    if backwards {
        report.findings.reverse();
    }
    let own: Option<BTreeSet<std::sync::Arc<str>>> =
        json["own"].as_array().map(|all| all.iter().map(|r| r.as_str().unwrap().into()).collect());
    let existing = json["existing"] == true;
    let task = Task {
        files: &memory,
        parsed: &parsed,
        inputs: &variants,
        plans: &plans,
        report: &report,
        own: own.as_ref(),
        is_new: &|_, _| !existing,
        tags: match json["tags"].as_str() {
            None => TagPlace::Shared,
            Some("provider") => TagPlace::Provider,
            Some("resource") => TagPlace::Resource,
            Some(other) => panic!("`tags` is {other}"),
        },
        allow_unsafe: json["unsafe"] == true,
        asked: &|_| true,
        threads: 1,
    };
    fix_judged(&task, &say)
}

fn check(dir: &Path) -> Vec<String> {
    let case = load(dir);
    let mut wrong = Vec::new();
    let out = run(&case, &case.files, false);
    let mut after = case.files.clone();
    after.extend(out.changes.iter().map(|(p, c)| (p.clone(), c.after.clone())));
    for (path, text) in &after {
        let expected = case.fixed.get(path).or(case.files.get(path));
        if expected != Some(text) {
            let expected = expected.map_or("", String::as_str);
            wrong
                .push(format!("{path}:\n{}", trueline_text::unified_diff("expected/actual", expected, text)));
        }
    }
    let reasons: BTreeMap<String, String> =
        out.withheld.iter().map(|w| (w.finding.rule.clone(), w.reason.to_string())).collect();
    let expected: BTreeMap<String, String> = case.json["withheld"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(k, v)| (k.clone(), v.as_str().unwrap().into()))
        .collect();
    for rule in reasons.keys().chain(expected.keys()).collect::<BTreeSet<_>>() {
        match (reasons.get(rule), expected.get(rule)) {
            (Some(r), Some(e)) if r.contains(e) => {}
            (r, e) => wrong.push(format!("withheld {rule}: expected {e:?}, got {r:?}")),
        }
    }
    let own = case.json["own"].as_array();
    let mine = |f: &&trueline_model::Finding| own.is_none_or(|o| o.iter().any(|r| *r == *f.module));
    let left = out.remaining.findings.iter().filter(|f| f.fix.is_some()).filter(mine).count();
    if left != out.withheld.iter().filter(|w| w.with.is_none()).count() {
        wrong.push(format!("{left} findings remain, {} are withheld", out.withheld.len()));
    }
    let again = run(&case, &after, false);
    if !again.changes.is_empty() {
        wrong.push(format!("a second run changes {:?}", again.changes.keys()));
    }
    let backwards = run(&case, &case.files, true);
    if backwards.changes != out.changes {
        wrong.push("the order of the findings matters".to_owned());
    }
    wrong
}

#[test]
fn every_case_is_fixed_as_its_folder_says() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let entries = std::fs::read_dir(&cases).unwrap().map(|e| e.unwrap().path());
    let mut dirs: Vec<_> = entries.filter(|p| p.is_dir()).collect();
    dirs.sort();
    assert!(dirs.len() > 20, "{} cases", dirs.len());
    let mut report = String::new();
    for dir in dirs {
        let name = dir.file_name().unwrap().to_str().unwrap().to_owned();
        if std::env::var("CASE").is_ok_and(|c| c != name) {
            continue;
        }
        for w in check(&dir) {
            report.push_str(&format!("== {name}: {w}\n"));
        }
    }
    assert!(report.is_empty(), "\n{report}");
}
