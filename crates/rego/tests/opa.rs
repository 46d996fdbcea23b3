//! OPA's published cases: what passed once must go on passing.
//!
//! The cases are not part of this repository. Where they are (`TRUELINE_OPA_CASES`, or the folder that is shared beside
//! the work tree), each folder in `opa-passing.txt` has to pass as a whole; elsewhere this says loudly that it did not run.

#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::print_stderr)] // a test reads files

mod judge;

use std::collections::{BTreeMap, BTreeSet};

use trueline_rego::Value;

const PASSING: &str = include_str!("opa-passing.txt");

#[test]
fn folders_that_passed_go_on_passing() {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/conformance/opa-cases.jsonl");
    let path = std::env::var("TRUELINE_OPA_CASES").unwrap_or_else(|_| beside.to_string());
    let Ok(cases) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: no OPA cases; say where they are with TRUELINE_OPA_CASES");
        return;
    };
    let mut failed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut folders = BTreeSet::new();
    for line in cases.lines() {
        let case = Value::parse_json(line).expect("a case is JSON");
        let text = |key: &str| case.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
        let folder = format!("{} {}", text("suite"), text("folder"));
        let answer = judge::run(&case);
        // What goes through an image is the same.
        assert_eq!(judge::run_loaded(&case), answer, "{folder}: {}", text("note"));
        if !judge::judge(&case, &answer) {
            failed.entry(folder.clone()).or_default().push(text("note"));
        }
        folders.insert(folder);
    }
    let lost: Vec<_> =
        failed.iter().filter(|(folder, _)| PASSING.lines().any(|line| line == *folder)).collect();
    assert!(lost.is_empty(), "folders that passed once: {lost:#?}");
    let new: Vec<_> = folders
        .iter()
        .filter(|folder| !failed.contains_key(*folder) && !PASSING.lines().any(|line| line == *folder))
        .collect();
    assert!(new.is_empty(), "folders that pass now, and belong into opa-passing.txt: {new:#?}");
}
