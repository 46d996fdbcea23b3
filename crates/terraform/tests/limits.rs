//! Expressions that would take all time and memory there is: refused, or done, within bounds; never a crash.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test looks at the clock and at its own process"
)]

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use trueline_model::Value;
use trueline_terraform::{console, console_in};
use trueline_text::Memory;

/// What tells a run that ends from one that does not, on whatever machine.
const TIME: Duration = Duration::from_secs(300);
/// Most memory that the process may have, with what the allocator kept of the tests before.
const MEMORY: u64 = 2 << 30;

fn messages(out: Result<Value, Vec<trueline_model::Note>>) -> String {
    match out {
        Ok(v) => format!("a result, known: {}", v.is_wholly_known()),
        Err(notes) => notes.into_iter().map(|n| n.message).collect::<Vec<_>>().join("; "),
    }
}

/// Peak of the process, where the system tells it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kb| kb * 1024)
}

/// The peak is the process's: one at a time, whatever the runner.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

#[track_caller]
fn within_bounds<T>(run: impl FnOnce() -> T) -> T {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    // forgets the peak of what ran before, where the system lets it
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let start = Instant::now();
    let out = run();
    assert!(start.elapsed() < TIME, "it took {:?}", start.elapsed());
    if let Some(peak) = peak() {
        assert!(peak < MEMORY, "it took {} MiB", peak >> 20);
    }
    out
}

/// Ends within bounds, whether it is refused or done.
#[track_caller]
fn bounded(expr: &str) {
    let _ = within_bounds(|| console(expr));
}

#[track_caller]
fn refused(expr: &str, part: &str) {
    let out = within_bounds(|| console(expr));
    let said = messages(out);
    assert!(said.contains(part), "{expr}: {said}");
}

#[test]
fn a_range_of_a_trillion() {
    refused("range(0, 1e12)", "more than 1024");
    refused("range(0, 1, 1e-300)", "more than 1024");
}

#[test]
fn a_width_of_a_billion() {
    bounded("length(format(\"%1000000000d\", 1))");
    bounded("format(\"%.1000000000f\", 1)");
    bounded("format(\"%s%1000000000[1]s\", \"x\")");
    bounded("formatlist(\"%999999999s\", range(1000))");
}

#[test]
fn networks_cut_into_all_that_there_are() {
    bounded("cidrsubnets(\"::/0\", [for i in range(1000) : 32]...)");
    bounded("cidrsubnet(\"fd00::/8\", 120, 1e40)");
    bounded("cidrhost(\"::/0\", 1e60)");
    bounded("length([for i in range(1000) : cidrsubnets(\"fd00::/16\", [for j in range(1000) : 32]...)])");
}

#[test]
fn regexes_that_explode() {
    bounded("regex(\"((((a{100}){100}){100}){100})\", \"a\")");
    let expr = "regexall(\"(a*)*b\", join(\"\", [for i in range(1000) : \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"]))";
    refused(expr, "a result");
    refused(
        "replace(join(\"\", [for i in range(1000) : \"a\"]), \"/(((((a?)*)*)*)*)*$/\", \"$1$1$1\")",
        "a result",
    );
    bounded("regexall(\"(?:(?:(?:x?){100}){100}){100}\", \"x\")");
}

#[test]
fn products_of_a_million_and_more() {
    refused("length(setproduct(range(1000), range(500)))", "a result");
    refused("setproduct(range(1000), range(1000))", "more than");
    refused("setproduct(range(1000), range(1000), range(1000))", "more than");
    refused("setproduct([for i in range(100) : range(1000)]...)", "more than");
}

#[test]
fn lists_of_lists_of_lists() {
    refused(
        "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]]",
        "memory than is allowed",
    );
    bounded("{for a in range(1000) : \"k${a}\" => [for b in range(1000) : join(\"\", range(1000))]}");
    bounded("jsonencode([for a in range(1000) : [for b in range(1000) : jsonencode(range(100))]])");
}

#[test]
fn texts_that_grow() {
    let replaced = "\"/a/\", \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"";
    let expr = (0..6).fold("\"a\"".to_owned(), |inner, _| format!("replace({inner}, {replaced})"));
    refused(&expr, "more than");
    bounded("indent(1e9, join(\"\\n\", range(1000)))");
    bounded("pow(1e300, 1e300)");
    bounded("1e999999999");
    bounded(
        "parseint(join(\"\", [for i in range(1000) : \"99999999999999999999999999999999999999999999\"]), 10)",
    );
}

#[test]
fn templates_that_call_themselves() {
    let files = Memory::from_iter([
        ("self.tftpl", "${templatefile(\"self.tftpl\", {})}"),
        ("a.tftpl", "%{ if true }${templatefile(\"b.tftpl\", {})}%{ endif }"),
        ("b.tftpl", "%{ for i in range(1000) }${templatefile(\"a.tftpl\", {})}%{ endfor }"),
        (
            "many.tftpl",
            "%{ for a in range(1000) }%{ for b in range(1000) }%{ for c in range(1000) }x%{ endfor }%{ endfor }%{ endfor }",
        ),
    ]);
    for file in ["self.tftpl", "a.tftpl", "b.tftpl", "many.tftpl"] {
        let said = within_bounds(|| messages(console_in(&files, &format!("templatefile(\"{file}\", {{}})"))));
        assert!(!said.starts_with("a result"), "{file}: {said}");
    }
}

#[test]
fn nesting_beyond_all_measure() {
    for (open, close) in [
        ("[", "]"),
        ("(", ")"),
        ("{a=", "}"),
        ("-", ""),
        ("!", ""),
        ("\"${", "}\""),
        ("upper(", ")"),
        ("true ? 1 : ", ""),
        ("[for x in [1] : ", "]"),
    ] {
        let text = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        let said = within_bounds(|| messages(console(&text)));
        assert!(!said.is_empty(), "{open}");
    }
    let steps = format!("x{}", ".a".repeat(100_000));
    assert!(!within_bounds(|| messages(console(&steps))).starts_with("a result"));
    let sum = format!("1{}", " + 1".repeat(100_000));
    assert!(!within_bounds(|| messages(console(&sum))).is_empty());
}

#[test]
fn instances_beyond_all_measure() {
    let blocks: String =
        (0..50).map(|i| format!("resource \"aws_vpc\" \"v{i}\" {{\n  count = 100000\n}}\n")).collect();
    let files = Memory::from_iter([("main.tf", blocks.as_str())]);
    let parsed = trueline_terraform::Parsed::load(&files, &[".".to_owned()]);
    let plan = within_bounds(|| {
        trueline_terraform::plan(&files, &parsed, ".", &trueline_terraform::Inputs::default())
    });
    assert!(
        plan.notes.iter().any(|n| n.message.contains("more instances than are evaluated")),
        "{:?}",
        plan.notes.len()
    );
}
