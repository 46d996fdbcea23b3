//! Replays what `terraform console` printed for many expressions: results to the letter, errors as errors and, where
//! nothing else is said beside them, in the same words.
//!
//! The expectations are recorded by `console/record.py`; the run itself needs no Terraform.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test reads its own files and stops at the first that is not as it should be"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use trueline_terraform::{console_in, display};
use trueline_text::Memory;

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/console")
}

fn files(dir: &Path, below: &str, out: &mut Memory) {
    for entry in fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            files(&entry.path(), &format!("{name}/"), out);
        } else {
            out.insert(&name, fs::read(entry.path()).unwrap());
        }
    }
}

/// Expressions whose error Terraform words differently, or that differ on purpose, each with its reason.
fn exceptions() -> BTreeMap<String, String> {
    let text = fs::read_to_string(here().join("exceptions.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn replay(recorded: &str) {
    let mut disk = Memory::new();
    files(&here().join("files"), "", &mut disk);
    let except = exceptions();
    let mut wrong = Vec::new();
    for line in fs::read_to_string(here().join(recorded)).unwrap().lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let expr = case["expr"].as_str().unwrap();
        if except.contains_key(expr) {
            continue;
        }
        let got = console_in(&disk, expr);
        match (case["out"].as_str(), got) {
            (Some(want), Ok(v)) if display(&v) == want => {}
            (Some(want), Ok(v)) => wrong.push(format!("{expr}\n   want {want}\n    got {}", display(&v))),
            (Some(want), Err(e)) => {
                wrong.push(format!("{expr}\n   want {want}\n    got error {:?}", e[0].message))
            }
            (None, Ok(v)) => {
                wrong.push(format!("{expr}\n   want error {}\n    got {}", case["error"], display(&v)))
            }
            (None, Err(e)) => {
                // Terraform breaks long lines; where it did is not recorded.
                let plain = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
                let (want, got) = (plain(case["error"].as_str().unwrap()), plain(&e[0].message));
                // Where Terraform itself breaks down, any error will do.
                let broken = want.contains("panic in function implementation");
                if !broken && !got.ends_with(&want) {
                    wrong.push(format!("{expr}\n   want error {want}\n    got error {got}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn chosen_expressions_come_out_as_terraform_prints_them() {
    replay("recorded.jsonl");
}

#[test]
fn generated_expressions_come_out_as_terraform_prints_them() {
    replay("recorded_generated.jsonl");
}
