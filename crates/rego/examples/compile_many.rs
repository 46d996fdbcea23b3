//! Compiles 300 generated policy files: how much CPU time it takes, and how much memory.
//!
//! `cargo run --release -p trueline-rego --example compile_many -- [FILES] [TIMES]`

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a tool to measure with: it prints, and may stop"
)]

#[path = "../../../benches/benches/policies/mod.rs"]
mod policies;

use std::time::Duration;

use trueline_rego::{CompileOptions, compile};

/// Returns the most memory that this process had, in KiB, as far as the system says.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}

/// Returns the CPU time of this thread, as far as the system says.
fn cpu() -> Duration {
    let status = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = status.split(' ').next().and_then(|first| first.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or_default())
}

fn main() {
    let mut args = std::env::args().skip(1).filter_map(|arg| arg.parse::<usize>().ok());
    let (files, times) = (args.next().unwrap_or(300), args.next().unwrap_or(1).max(1));
    let files = policies::generated(files);
    let bytes: usize = files.iter().map(|file| file.source.len()).sum();
    let before = peak();
    // The system brings its count up to date every few milliseconds, so only many runs together say something.
    let start = cpu();
    for _ in 0..times {
        let compiled = compile(&files, &CompileOptions::default()).expect("the policies compile");
        assert!(compiled.packages().len() >= files.len());
    }
    let took = cpu().saturating_sub(start) / u32::try_from(times).unwrap_or(1);
    println!("{} files, {bytes} bytes: {took:?} of CPU each, {times} times", files.len());
    println!("peak memory: {} KiB, {} KiB of it for compiling", peak(), peak() - before);
}
