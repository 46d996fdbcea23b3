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

use nix::time::{ClockId, clock_gettime};
use trueline_rego::{CompileOptions, compile};

/// Returns the most memory that this process had, in KiB, as far as the system says.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}

/// Returns the CPU time of this thread.
fn cpu() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).map(Duration::from).unwrap_or_default()
}

/// Shows the first, the lowest and the median of some times.
fn shown(times: &[Duration]) -> String {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let (first, median) = (times.first(), sorted.get(sorted.len() / 2));
    let shown = |time: Option<&Duration>| format!("{:.1} ms", time.map_or(0.0, Duration::as_secs_f64) * 1e3);
    format!("first {}, lowest {}, median {}", shown(first), shown(sorted.first()), shown(median))
}

fn main() {
    let mut args = std::env::args().skip(1).filter_map(|arg| arg.parse::<usize>().ok());
    let (files, times) = (args.next().unwrap_or(300), args.next().unwrap_or(1).max(1));
    let files = policies::generated(files);
    let bytes: usize = files.iter().map(|file| file.source.len()).sum();
    let before = peak();
    let (mut compiling, mut dropping) = (Vec::new(), Vec::new());
    for _ in 0..times {
        let start = cpu();
        let compiled = compile(&files, &CompileOptions::default()).expect("the policies compile");
        compiling.push(cpu().saturating_sub(start));
        assert!(compiled.packages().len() >= files.len());
        let start = cpu();
        drop(compiled);
        dropping.push(cpu().saturating_sub(start));
    }
    println!("{} files, {bytes} bytes, {times} times; CPU time of each:", files.len());
    println!("to compile: {}", shown(&compiling));
    println!("to give the result back: {}", shown(&dropping));
    println!("peak memory: {} KiB, {} KiB of it for compiling", peak(), peak() - before);
}
