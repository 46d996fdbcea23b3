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

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use trueline_model::{Kind, Value};
use trueline_terraform::{console_in, display, functions};
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

/// Functions whose results hang on the moment, on chance, on the machine or on a compressor: unknown, though judged alike.
const OPAQUE: [&str; 7] =
    ["abspath", "base64gzip", "bcrypt", "plantimestamp", "rsadecrypt", "timestamp", "uuid"];
/// Functions whose errors are those of the evaluator of expressions (or that the console has not, but a plan has).
const WORDED_APART: [&str; 5] = ["can", "plantimestamp", "templatefile", "templatestring", "try"];

fn of(case: &Json, names: &[&str]) -> bool {
    case["of"].as_str().is_some_and(|of| names.contains(&of))
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
            (Some(_), Ok(v)) if !v.is_wholly_known() && of(&case, &OPAQUE) => {}
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
                // What the evaluator of expressions says is worded in its own way.
                let broken =
                    broken || case["of"].as_str().is_some_and(|of| !functions::names().contains(&of));
                let broken = broken || of(&case, &WORDED_APART);
                // Very long ones are recorded up to a `…`.
                let same = match want.strip_suffix('…') {
                    Some(start) => got.contains(start),
                    None => got.ends_with(&want),
                };
                if !broken && !same {
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
fn every_category_of_arguments_comes_out_as_terraform_prints_it() {
    replay("recorded_categories.jsonl");
}

const CATEGORIES: [&str; 8] = ["usual", "null", "empty", "wrong", "unknown", "sensitive", "nested", "large"];
/// What OpenTofu has and Terraform has not.
const OPENTOFU: [&str; 3] = ["base64gunzip", "cidrcontains", "urldecode"];

#[test]
fn every_function_of_terraform_is_there_and_tried_eight_times_and_in_every_category() {
    let listed: Vec<String> =
        serde_json::from_str(&fs::read_to_string(here().join("functions.json")).unwrap()).unwrap();
    let ours: Vec<&str> = functions::names().into_iter().filter(|n| !OPENTOFU.contains(n)).collect();
    assert_eq!(ours, listed);

    let mut tried: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut forms: BTreeSet<String> = listed.into_iter().collect();
    for recorded in ["recorded_categories.jsonl", "recorded_categories_unknown.jsonl"] {
        for line in fs::read_to_string(here().join(recorded)).unwrap().lines() {
            let case: Json = serde_json::from_str(line).unwrap();
            let text = |key: &str| case[key].as_str().unwrap().to_owned();
            forms.insert(text("of"));
            *tried.entry((text("of"), text("category"))).or_default() += 1;
        }
    }
    let count = |of: &String, category: &str| {
        tried.get(&(of.clone(), category.to_owned())).copied().unwrap_or_default()
    };
    let mut thin = Vec::new();
    for of in &forms {
        let each = CATEGORIES.map(|c| count(of, c));
        if each.contains(&0) || each.iter().sum::<usize>() < 8 {
            thin.push(format!("{of}: {each:?}"));
        }
    }
    assert!(thin.is_empty(), "tried too little, by category {CATEGORIES:?}:\n{}", thin.join("\n"));
    assert!(tried.values().sum::<usize>() >= 1_500);
}

#[test]
fn unknown_values_come_out_as_terraform_plans_them() {
    replay_unknown("recorded_unknown.jsonl");
}

#[test]
fn unknown_arguments_of_every_function_come_out_as_terraform_plans_them() {
    replay_unknown("recorded_categories_unknown.jsonl");
}

fn replay_unknown(recorded: &str) {
    let mut disk = Memory::new();
    files(&here().join("files"), "", &mut disk);
    let except = exceptions();
    let mut wrong = Vec::new();
    for line in fs::read_to_string(here().join(recorded)).unwrap().lines() {
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
