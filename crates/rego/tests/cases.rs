//! Cases of our own for the whole language: Rego test files, one topic each, in the new and the old syntax.
//!
//! All files of `cases/` are one policy over `cases/data.json`, and all files of `cases/v0/` another, so that OPA can
//! run them, too. Every `test_` rule has to pass. `cases/README.md` says which file covers which folder of OPA's cases.

#![allow(clippy::disallowed_methods, clippy::panic, clippy::expect_used)] // a test reads files, and may fail

use std::path::{Path, PathBuf};

use trueline_rego::{
    CompileOptions, Limits, Package, PolicyFile, Rule, Session, TestStatus, TraceLevel, Value, Version,
    compile,
};

const PASSING: &str = include_str!("opa-passing.txt");
const FEWEST_TESTS: usize = 3;

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path)
}

/// Reads the policies of some folders, sorted by path.
fn policies(folders: &[&str], version: Version) -> Vec<PolicyFile> {
    let mut files = Vec::new();
    for folder in folders {
        for entry in std::fs::read_dir(here(folder)).expect("a folder of cases") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "rego") {
                let name = path.file_name().expect("a name").to_string_lossy();
                let source = std::fs::read_to_string(&path).expect("a policy");
                let path = format!("{folder}/{name}");
                files.push(PolicyFile { path, source: source.into(), version: Some(version) });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn base_documents() -> Value {
    let text = std::fs::read_to_string(here("cases/data.json")).expect("data");
    Value::parse_json(&text).expect("JSON")
}

/// Runs all tests, and says what is wrong: with their results, and with themselves.
fn faults(files: &[PolicyFile]) -> Vec<String> {
    let compiled = match compile(files, &CompileOptions::default()) {
        Ok(compiled) => compiled,
        Err(wrong) => return wrong.iter().map(ToString::to_string).collect(),
    };
    let mut session = compiled.session(base_documents(), Limits::default());
    session.set_now(1_600_000_000_000_000_000);
    session.set_strict_errors(true);
    let outcomes = session.tests();
    let mut faults: Vec<String> = outcomes
        .iter()
        .filter(|outcome| outcome.status != TestStatus::Pass)
        .map(|outcome| {
            let failure = outcome.failure.as_ref().map(|at| format!("{} with {:?}", at.text, at.values));
            let (file, line, name) = (&outcome.file, outcome.line, &outcome.name);
            format!("{file}:{line}: {name}: {:?}, {}", outcome.status, failure.unwrap_or_default())
        })
        .collect();
    for file in files.iter().filter(|file| !file.path.contains("/support/")) {
        let tests = outcomes.iter().filter(|outcome| outcome.file == file.path).count();
        if tests < FEWEST_TESTS {
            faults.push(format!("{}: only {tests} tests", file.path));
        }
    }
    for package in compiled.packages() {
        for rule in package.rules.iter().filter(|rule| is_test(rule)) {
            if !asks_something(&session, package, rule) {
                faults.push(format!("{}:{}: {} asks nothing", rule.file, rule.line, rule.name));
            }
        }
    }
    faults
}

fn is_test(rule: &Rule) -> bool {
    rule.name.rsplit('.').next().is_some_and(|name| name.starts_with("test_"))
}

/// Tells whether running a test evaluates an expression of its own that is more than `true`.
fn asks_something(session: &Session, package: &Package, rule: &Rule) -> bool {
    let mut session = session.clone();
    session.watch(TraceLevel::Off);
    if session.rule(&format!("{}.{}", package.path, rule.name)).is_err() {
        return false;
    }
    let later = |other: &&Rule| other.file == rule.file && other.line > rule.line;
    let end = package.rules.iter().filter(later).map(|other| other.line).min().unwrap_or(usize::MAX);
    session.profile().iter().any(|profiled| {
        let own = profiled.path == rule.file && (rule.line..end).contains(&profiled.line);
        own && profiled.text != "true" && !profiled.text.starts_with(&rule.name)
    })
}

fn are_right(files: &[PolicyFile]) {
    assert!(!files.is_empty(), "no cases");
    let faults = faults(files);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_language_means_what_it_says() {
    are_right(&policies(&["cases", "cases/support"], Version::V1));
}

#[test]
fn the_old_language_means_what_it_says() {
    are_right(&policies(&["cases/v0"], Version::V0));
}

#[test]
fn wrong_expectations_are_noticed() {
    let policy =
        "package p\ntest_a if 1 == 2\ntest_b if true\ntest_c := true\ntest_d if to_number(\"x\") == 1\n";
    let faults = faults(&[PolicyFile::new("p.rego", policy), PolicyFile::new("q.rego", "package q\n")]);
    let parts =
        ["test_a: Fail", "test_d: Error", "q.rego: only 0", "test_b asks nothing", "test_c asks nothing"];
    for part in parts {
        assert!(faults.iter().any(|fault| fault.contains(part)), "{part} is not in {faults:#?}");
    }
}

/// Reads the rows of the table in `cases/README.md`: a folder of OPA's, and the files that cover it.
fn table() -> Vec<(String, Vec<String>)> {
    let text = std::fs::read_to_string(here("cases/README.md")).expect("the table");
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let ticked =
        |cell: &str| -> Vec<String> { cell.split('`').skip(1).step_by(2).map(ToString::to_string).collect() };
    rows.filter_map(|row| {
        let mut cells = row.trim_matches('|').splitn(2, '|');
        let named = ticked(cells.next()?).pop()?;
        let files = ticked(cells.next()?);
        // The second table names files of its own.
        Some(if named.ends_with(".rego") { (named.clone(), vec![named]) } else { (named, files) })
    })
    .collect()
}

#[test]
fn every_folder_of_opa_is_covered_by_a_file() {
    let table = table();
    for line in PASSING.lines() {
        let (_, folder) = line.split_once(' ').expect("a suite and a folder");
        assert!(table.iter().any(|(named, _)| named == folder), "cases/README.md does not name {folder}");
    }
    for (folder, files) in &table {
        assert!(!files.is_empty(), "{folder} has no file");
        for file in files {
            assert!(here(file).is_file(), "{folder}: there is no {file}");
        }
    }
    let named: Vec<&String> = table.iter().flat_map(|(_, files)| files).collect();
    for file in policies(&["cases", "cases/v0"], Version::V1) {
        assert!(named.contains(&&file.path), "cases/README.md does not name {}", file.path);
    }
}
