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

use serde_json::Value as Json;
use trueline_model::{Kind, Value};
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

/// What a plan says of a value: the known parts, null or left out where unknown, and which those are.
fn planned(v: &Value) -> (Option<Json>, Json) {
    let list = |items: &[Value]| {
        let (after, unknown): (Vec<_>, Vec<_>) = items.iter().map(planned).unzip();
        (Some(after.into_iter().map(Option::unwrap_or_default).collect()), Json::Array(unknown))
    };
    match &v.kind {
        Kind::Unknown(_) => (None, true.into()),
        Kind::Null(_) => (Some(Json::Null), false.into()),
        Kind::Bool(b) => (Some((*b).into()), false.into()),
        Kind::Number(n) => (serde_json::from_str(&n.to_string()).ok(), false.into()),
        Kind::String(s) => (Some(s.as_ref().into()), false.into()),
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => list(items),
        Kind::Map(_, items) | Kind::Object(items) => {
            let (mut after, mut unknown) = (serde_json::Map::new(), serde_json::Map::new());
            for (k, v) in items.iter() {
                let (a, u) = planned(v);
                after.extend(a.map(|a| (k.to_string(), a)));
                if u != Json::Bool(false) {
                    unknown.insert(k.to_string(), u);
                }
            }
            (Some(after.into()), unknown.into())
        }
    }
}

#[test]
fn unknown_values_come_out_as_terraform_plans_them() {
    let mut disk = Memory::new();
    files(&here().join("files"), "", &mut disk);
    let except = exceptions();
    let mut wrong = Vec::new();
    for line in fs::read_to_string(here().join("recorded_unknown.jsonl")).unwrap().lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        let expr = case["expr"].as_str().unwrap();
        if except.contains_key(expr) {
            continue;
        }
        match console_in(&disk, expr) {
            Err(_) if case["error"].is_string() => {}
            Err(e) => wrong.push(format!("{expr}\n   want {case}\n    got error {}", e[0].message)),
            Ok(v) => {
                let (after, unknown) = planned(&v);
                let (after, unknown) = match v.is_wholly_known() {
                    true => (after, false.into()),
                    false => (after, unknown),
                };
                if after.unwrap_or_default() != case["after"] || unknown != case["unknown"] {
                    wrong.push(format!(
                        "{expr}\n   want {} {}\n    got {}",
                        case["after"],
                        case["unknown"],
                        display(&v)
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
