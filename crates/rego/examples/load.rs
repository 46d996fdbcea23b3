//! Compiles all policies below a folder: what is wrong with them, and how long it took.
//!
//! `cargo run --release --example load -- FOLDER [--strict] [--tests] [--times N]`

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    clippy::field_reassign_with_default,
    reason = "a tool to measure with: it prints, and may stop at what it can't read"
)]

use std::path::Path;
use std::time::Instant;

use trueline_rego::{CompileOptions, Limits, PolicyFile, Value, compile};

#[allow(clippy::disallowed_methods)] // a tool to measure with
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(folder) = args.first() else {
        eprintln!("usage: load FOLDER [--strict] [--tests] [--times N]");
        std::process::exit(2);
    };
    let mut files = Vec::new();
    gather(Path::new(folder), &mut files);
    let options =
        CompileOptions { strict: args.iter().any(|arg| arg == "--strict"), ..CompileOptions::default() };
    let times = args
        .iter()
        .position(|arg| arg == "--times")
        .and_then(|at| args.get(at + 1)?.parse().ok())
        .unwrap_or(1);
    let start = Instant::now();
    for _ in 1..times {
        let _ = compile(&files, &options);
    }
    match compile(&files, &options) {
        Ok(compiled) => {
            let rules: usize = compiled.packages().iter().map(|package| package.rules.len()).sum();
            println!("{} files, {} packages, {rules} rules", files.len(), compiled.packages().len());
            if args.iter().any(|arg| arg == "--tests") {
                let mut limits = Limits::default();
                limits.steps = 50_000_000;
                for outcome in compiled.session(Value::empty_object(), limits).tests() {
                    println!("{}.{}: {:?}", outcome.package, outcome.name, outcome.status);
                }
            }
        }
        Err(wrong) => wrong.iter().for_each(|wrong| println!("{wrong}")),
    }
    println!("{:?} each", start.elapsed() / times);
}

#[allow(clippy::disallowed_methods)] // a tool to measure with
fn gather(folder: &Path, files: &mut Vec<PolicyFile>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rego")
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            files.push(PolicyFile::new(path.display().to_string(), text));
        }
    }
}
