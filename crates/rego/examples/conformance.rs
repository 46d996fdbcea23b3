//! Measures the engine on the conformance cases that the Open Policy Agent project publishes.
//!
//! `cargo run --example conformance -- FILE [--show FOLDER] [--folders]`: FILE has one case a line. A case that
//! wants an error passes only if the error has its code, or says its words.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    clippy::field_reassign_with_default,
    reason = "a tool to measure with: it prints, and may stop at what it can't read"
)]

use std::collections::BTreeMap;
use trueline_rego::Value;

#[path = "../tests/judge/mod.rs"]
mod judge;

use judge::{Answer, judge, run};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(path) = args.first() else {
        eprintln!("usage: conformance FILE [--show FOLDER] [--folders]");
        std::process::exit(2);
    };
    #[allow(clippy::disallowed_methods)] // a tool to measure with
    let text = std::fs::read_to_string(path).expect("the file can be read");
    let show = args.iter().position(|arg| arg == "--show").and_then(|at| args.get(at + 1)).cloned();
    let folders = args.iter().any(|arg| arg == "--folders");
    let mut counts: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    for line in text.lines() {
        let case = Value::parse_json(line).expect("a case is JSON");
        let text = |key: &str| case.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
        let answer = run(&case);
        let passed = judge(&case, &answer);
        let count = counts.entry((text("suite"), text("folder"))).or_default();
        count.0 += usize::from(passed);
        count.1 += 1;
        let wanted = show.as_ref().is_some_and(|folder| *folder == text("folder") || folder == "all");
        if !passed && wanted {
            println!("--- {} {} {}", text("suite"), text("file"), text("note"));
            println!("    got  {}", shown(&answer));
            println!(
                "    want {} {} {}",
                case.get("want_result").map(Value::to_json_string).unwrap_or_default(),
                text("want_error_code"),
                text("want_error")
            );
        }
    }
    let mut totals: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for ((suite, folder), (passed, all)) in &counts {
        let total = totals.entry(suite.clone()).or_default();
        total.0 += passed;
        total.1 += all;
        if folders || passed < all {
            println!("{suite} {folder}: {passed}/{all}");
        }
    }
    for (suite, (passed, all)) in totals {
        println!("{suite}: {passed}/{all} = {:.2}%", 100.0 * passed as f64 / all as f64);
    }
}

fn shown(answer: &Answer) -> String {
    match answer {
        Ok(answers) => {
            let answers =
                answers.iter().map(|answer| answer.clone().into_iter().collect::<Value>().to_string());
            format!("[{}]", answers.collect::<Vec<_>>().join(", "))
        }
        Err((code, message)) => format!("{code}: {message}"),
    }
}
