//! The examples of every rule are true: *avoid* fires, *prefer* does not, and *avoid* fixed is *prefer*, byte for byte.
//!
//! A rule whose metadata speaks of no fix must leave *avoid* as it is.

#![allow(clippy::disallowed_methods, clippy::print_stderr, clippy::unwrap_used)] // a test that reads the workspace as it is

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use trueline_engine::{FixOptions, Options, Quiet, Session};
use trueline_model::{NoteKind, Profile, Verdict};
use trueline_rules::{Entry, entries};

/// What the examples take for granted.
fn settings() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    std::fs::read_to_string(folder.join("trueline.toml")).unwrap()
}

/// The same, with every other rule off.
fn settings_for(entry: &Entry) -> String {
    let others = entries().iter().filter(|e| e.id != entry.id);
    let off: String = others.map(|e| format!("{:?} = \"off\"\n", e.id)).collect();
    format!("{}\n[rules]\n{off}", settings())
}

fn example(entry: &Entry, name: &str) -> String {
    let rule = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(entry.path);
    std::fs::read_to_string(rule.with_file_name(name)).unwrap()
}

/// A module of one file in a repository where everything is new, and the settings, with one rule on.
fn module(entry: &Entry, text: &str) -> (TempDir, PathBuf) {
    let dir = TempDir::new().unwrap();
    for args in [
        &["init", "-q"][..],
        &[
            "-c",
            "user.name=T",
            "-c",
            "user.email=t@example.com",
            "commit",
            "-q",
            "--allow-empty",
            "-m",
            "base",
        ],
    ] {
        assert!(Command::new("git").args(args).current_dir(dir.path()).status().unwrap().success());
    }
    let file = dir.path().join("main.tf");
    std::fs::write(&file, text).unwrap();
    std::fs::write(dir.path().join("trueline.toml"), settings_for(entry)).unwrap();
    (dir, file)
}

fn session(dir: &Path, rule: &str) -> Session {
    let paths = vec![dir.to_str().unwrap().to_owned()];
    let rules = vec![rule.to_owned()];
    Session::open(Options { paths, rules, profile: Some(Profile::Strict), threads: 1, ..Options::default() })
        .unwrap()
}

/// The verdicts of a rule over a text.
fn verdicts(entry: &Entry, text: &str) -> Vec<Verdict> {
    let (dir, _file) = module(entry, text);
    let checked = session(dir.path(), entry.id).check(&Quiet).unwrap();
    let told: Vec<&str> =
        checked.notes().iter().filter(|n| n.kind == NoteKind::Error).map(|n| n.message.as_str()).collect();
    assert!(told.is_empty(), "{}: {told:?}", entry.id);
    checked.findings().iter().filter(|f| f.rule == entry.id).map(|f| f.verdict).collect()
}

#[test]
fn avoid_fires_and_prefer_does_not() {
    for entry in entries() {
        let avoid = verdicts(entry, &example(entry, "avoid.tf"));
        assert!(!avoid.is_empty() && avoid.iter().all(|v| *v == Verdict::Fail), "{}: {avoid:?}", entry.id);
        assert_eq!(verdicts(entry, &example(entry, "prefer.tf")), [], "{}", entry.id);
    }
}

#[test]
fn avoid_fixed_is_prefer() {
    let mut mended = 0;
    for entry in entries() {
        let (avoid, prefer) = (example(entry, "avoid.tf"), example(entry, "prefer.tf"));
        let (dir, file) = module(entry, &avoid);
        let options = FixOptions { allow_unsafe: true };
        let fixed = session(dir.path(), entry.id).fix(&options, &Quiet).unwrap();
        let withheld: Vec<String> = fixed.withheld.iter().map(|w| w.reason.to_string()).collect();
        fixed.write().unwrap();
        let has_fix = !entry.meta().fix.is_empty();
        let want = if has_fix { &prefer } else { &avoid };
        assert_eq!(&std::fs::read_to_string(&file).unwrap(), want, "{}: {withheld:?}", entry.id);
        mended += usize::from(has_fix);

        let again = session(dir.path(), entry.id).fix(&options, &Quiet).unwrap();
        assert!(again.changes.is_empty(), "{}: a second fix changes {}", entry.id, again.diff());
    }
    assert!(mended >= 13, "only {mended} rules have a fix");
}
