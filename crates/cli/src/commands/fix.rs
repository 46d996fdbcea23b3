//! `trueline fix`

use std::fmt::Write as _;

use indexmap::IndexMap;
use trueline_engine::{Checked, FixOptions, Fixed, Session};
use trueline_model::{Finding, NoteKind};

use crate::args::{Fix, Global};
use crate::failure::{Exit, Failure};
use crate::terminal::{self, Bar};

/// Fixes in memory, then writes or shows the changes.
pub fn run(args: &Fix, global: &Global) -> Result<Exit, Failure> {
    let session = Session::open(super::options(&args.paths, &args.scope, global)?)?;
    let asked = FixOptions { allow_unsafe: args.allow_unsafe };
    let bar = Bar::new();
    let fixed = session.fix(&asked, &bar)?;
    drop(bar);
    let told = tell(&fixed, args.diff);
    if args.diff {
        terminal::print(&fixed.diff());
        terminal::warn(told.trim_end());
    } else {
        fixed.write()?;
        terminal::say(&told);
    }
    let pending = args.diff && !fixed.changes.is_empty();
    let remain = fixed.remaining().next().is_some();
    let exit = if fixed.after.was_stopped() {
        Exit::Error
    } else if pending || remain || fixed.after.has_errors() {
        Exit::Findings
    } else {
        Exit::Clean
    };
    // The program ends here, and giving plans and trees back one by one would take a while.
    std::mem::forget((fixed, session));
    Ok(exit)
}

/// What was done, what was not and why, and what remains.
fn tell(fixed: &Fixed, diff: bool) -> String {
    let mut out = String::new();
    let done = if diff { "would fix" } else { "fixed" };
    let told = |f: &Finding, with: Option<&str>| {
        let with = with.map_or_else(String::new, |file| format!(" (with `{file}`)"));
        format!("{}{with}", line(&fixed.before, f))
    };
    let applied = fixed.applied.iter().map(|a| (told(&a.finding, a.with.as_deref()), a.caveats.join("\n  ")));
    for ((line, caveats), n) in counted(applied) {
        let _ = writeln!(out, "{done} {line}{}", instances(n));
        if !caveats.is_empty() {
            let _ = writeln!(out, "  {caveats}");
        }
    }
    let withheld = fixed.withheld.iter().map(|w| (told(&w.finding, w.with.as_deref()), w.reason.to_string()));
    for ((line, reason), n) in counted(withheld) {
        let _ = writeln!(out, "not fixed {line}{}\n  {reason}", instances(n));
    }
    for n in fixed.after.notes().iter().filter(|n| n.kind == NoteKind::Error) {
        let _ = writeln!(out, "error: {}", n.message);
    }
    let by_hand = fixed.remaining().filter(|f| f.fix.is_none()).count();
    let _ = writeln!(
        out,
        "{} {}, {} not fixed, {} to mend by hand; {} changed",
        fixed.applied.len(),
        if diff { "would be fixed" } else { "fixed" },
        fixed.withheld.len(),
        by_hand,
        match fixed.changes.len() {
            1 => "1 file".to_owned(),
            n => format!("{n} files"),
        },
    );
    if by_hand > 0 {
        out.push_str("`trueline check` shows what remains and what to do about it\n");
    }
    out
}

/// Equal items once, in the order of their first, with their number.
fn counted(all: impl Iterator<Item = (String, String)>) -> Vec<((String, String), usize)> {
    let mut out: IndexMap<(String, String), usize> = IndexMap::new();
    for item in all {
        *out.entry(item).or_default() += 1;
    }
    out.into_iter().collect()
}

fn instances(n: usize) -> String {
    if n > 1 { format!(" ({n} instances)") } else { String::new() }
}

/// `main.tf:12 aws/s3/unencrypted-bucket: message`
fn line(checked: &Checked, f: &Finding) -> String {
    let place = f.at.and_then(|at| {
        let file = checked.sources.get(at.file)?;
        Some(format!("{}:{}", file.path, file.position(at.span.start).line))
    });
    let place =
        place.unwrap_or_else(|| f.address.as_ref().map_or_else(|| f.subject.clone(), ToString::to_string));
    format!("{place} {}: {}", f.rule, f.message.lines().next().unwrap_or(""))
}
