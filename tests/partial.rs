//! Code as assistants print it: names that nothing declares, no provider, no versions, prose and fences around, an end
//! that is missing. What is broken is said, and everything else is checked and mended as if it were not there.
//!
//! A case is one text: `-- PATH --` before each file, and `-- expected --` before what comes of it: `fixed RULE ADDRESS`,
//! `left RULE ADDRESS` (by hand, or hanging on the error), `open RULE ADDRESS` (not decided), `error MESSAGE`.
//! `UPDATE=1` writes that part anew.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods
)] // the program is run from outside

mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use program::Run;
use serde_json::Value as Json;
use tempfile::TempDir;

const EXPECTED: &str = "expected";

/// Files by path, and what is expected of them.
struct Case {
    files: Vec<(String, String)>,
    expected: String,
}

fn read(text: &str) -> Case {
    let mut case = Case { files: Vec::new(), expected: String::new() };
    for part in format!("\n{text}").split("\n-- ").skip(1) {
        let (name, body) = part.split_once(" --\n").expect("a name between dashes");
        // The line break before the next name belongs to the text, but for a text that ends without one.
        match name {
            EXPECTED => body.clone_into(&mut case.expected),
            _ => case.files.push((name.to_owned(), format!("{}\n", body.trim_end_matches('\n')))),
        }
    }
    case
}

/// What a check says: failures and open questions as `RULE ADDRESS`, and the errors with the line they stand on.
struct Said {
    fails: Vec<String>,
    open: BTreeSet<String>,
    errors: Vec<String>,
    broken: Vec<(String, String)>,
}

fn check(dir: &Path, flags: &[&str]) -> Said {
    let run = Run::of(dir, &[&["check", "--format", "json"], flags].concat());
    let json: Json = serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {}", run.stderr));
    let list = |name: &str| json[name].as_array().cloned().unwrap_or_default();
    let named =
        |f: &Json| format!("{} {}", f["rule"].as_str().unwrap(), f["address"].as_str().unwrap_or("-"));
    let of = |verdict: &str| -> Vec<String> {
        list("findings").iter().filter(|f| f["verdict"] == verdict).map(named).collect()
    };
    let errors: Vec<Json> = list("notes").into_iter().filter(|n| n["kind"] == "error").collect();
    let line = |n: &Json| {
        let file = n["file"].as_str()?;
        let text = std::fs::read_to_string(dir.join(file)).ok()?;
        let line = usize::try_from(n["range"]["start"]["line"].as_u64()?).ok()?;
        Some((file.to_owned(), text.lines().nth(line - 1)?.to_owned()))
    };
    let mut errors_said: Vec<String> =
        errors.iter().map(|n| n["message"].as_str().unwrap().to_owned()).collect();
    errors_said.sort();
    Said {
        fails: of("fail"),
        open: of("unknown").into_iter().collect(),
        broken: errors.iter().filter_map(line).collect(),
        errors: errors_said,
    }
}

fn texts(dir: &Path, case: &Case) -> BTreeMap<String, String> {
    let read = |path: &String| std::fs::read_to_string(dir.join(path)).unwrap();
    case.files.iter().map(|(path, _)| (path.clone(), read(path))).collect()
}

/// The lines of `a` that are not in `b`, white space aside.
fn lost(a: &str, b: &str) -> usize {
    let line = |l: &str| l.split_whitespace().collect::<String>();
    let mut there: BTreeMap<String, usize> = BTreeMap::new();
    b.lines().for_each(|l| *there.entry(line(l)).or_default() += 1);
    let gone = |l: &&str| match there.get_mut(&line(l)) {
        Some(n) if *n > 0 => {
            *n -= 1;
            false
        }
        _ => true,
    };
    a.lines().filter(gone).count()
}

/// Runs a case; what came of it, and what is wrong with that whatever is expected.
fn run(case: &Case, flags: &[&str]) -> (String, Vec<String>) {
    let dir = TempDir::new().unwrap();
    let dir = dir.path();
    for (path, text) in &case.files {
        let path = dir.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let mut wrong = Vec::new();
    let before = check(dir, flags);
    let fix = [&["fix", "--unsafe"], flags].concat();
    let fixed = Run::of(dir, &fix);
    if !matches!(fixed.code, 0 | 1) || fixed.code == 0 && !before.errors.is_empty() {
        wrong.push(format!("`fix` ends with {}: {}{}", fixed.code, fixed.stdout, fixed.stderr));
    }
    let told = |e: &&String| !fixed.stdout.contains(e.as_str());
    wrong.extend(before.errors.iter().filter(told).map(|e| format!("`fix` does not say: {e}")));
    let (after, done) = (check(dir, flags), texts(dir, case));
    if after.errors != before.errors {
        wrong.push(format!("errors were {:?}, are {:?}", before.errors, after.errors));
    }
    let mut remain = after.fails.clone();
    let mut mended = Vec::new();
    for f in &before.fails {
        match remain.iter().position(|r| r == f) {
            Some(at) => drop(remain.remove(at)),
            None => mended.push(f.clone()),
        }
    }
    // The strict rules ask further of what others mended (`after`).
    wrong.extend(remain.iter().filter(|_| flags.is_empty()).map(|f| format!("came up: {f}")));
    let lines: usize = case.files.iter().map(|(path, text)| lost(text, &done[path])).sum();
    if lines > mended.len() {
        wrong.push(format!("{lines} lines are gone, for {} findings", mended.len()));
    }
    for (file, line) in &before.broken {
        let flat = |l: &str| l.split_whitespace().collect::<String>();
        if !done[file].lines().any(|l| flat(l) == flat(line)) {
            wrong.push(format!("the broken line `{line}` is gone from {file}"));
        }
    }
    let again = Run::of(dir, &fix);
    if texts(dir, case) != done || again.code != fixed.code {
        wrong.push("a second run does something else".to_owned());
    }
    let mut said: Vec<String> = Vec::new();
    said.extend(mended.iter().map(|f| format!("fixed {f}")));
    said.extend(after.fails.iter().map(|f| format!("left {f}")));
    said.extend(after.open.iter().map(|f| format!("open {f}")));
    said.extend(before.errors.iter().map(|e| format!("error {e}")));
    said.dedup();
    (said.iter().map(|l| format!("{l}\n")).collect(), wrong)
}

fn cases() -> Vec<(PathBuf, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/partial");
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    all.sort();
    let case = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path, read(&text))
    };
    all.into_iter().map(case).collect()
}

#[test]
fn an_error_in_one_place_keeps_no_fix_from_being_made_elsewhere() {
    let all = cases();
    assert!(all.len() >= 50, "{} cases", all.len());
    let mut report = String::new();
    for (path, case) in all {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (said, mut wrong) = run(&case, &[]);
        if said != case.expected && std::env::var_os("UPDATE").is_some() {
            let text = std::fs::read_to_string(&path).unwrap();
            let head = text.split("-- expected --").next().unwrap().trim_end().to_owned();
            std::fs::write(&path, format!("{head}\n-- expected --\n{said}")).unwrap();
        } else if said != case.expected {
            wrong.push(format!("expected:\n{}\ncame:\n{said}", case.expected));
        }
        wrong.extend(run(&case, &["--profile", "strict"]).1.into_iter().map(|w| format!("strict: {w}")));
        wrong.iter().for_each(|w| report.push_str(&format!("== {name}: {w}\n")));
    }
    assert!(report.is_empty(), "\n{report}");
}
