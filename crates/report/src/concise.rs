//! `--format concise`: one line per finding and note, as compilers write them, for lists, editors and `grep`.

use std::fmt::Write as _;

use trueline_model::{Applicability, Finding, NoteKind, Verdict};
use trueline_text::Location;

use crate::escape::printable;
use crate::totals;
use crate::view::{View, subjects};

/// Renders `path:line:column: severity rule address: message [fix]` for each finding, `path:line:column: error: message` for
/// each note, and the summary line.
pub fn concise(view: &View<'_>) -> String {
    let mut out = String::new();
    for (f, others) in view.shown() {
        let word = match f.verdict {
            Verdict::Unknown => "undecided",
            _ => f.severity.as_str(),
        };
        let subject = subjects(f, others);
        let head =
            [word, &f.rule, &subject].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ");
        line(&mut out, view, f.at, &format!("{head}: {}{}", f.message, fix(f)));
    }
    for n in view.notes {
        let word = match n.kind {
            NoteKind::Error => "error",
            NoteKind::Warning => "warning",
            NoteKind::Info => "note",
        };
        line(&mut out, view, n.at, &format!("{word}: {}", n.message));
    }
    for line in totals::summary(view) {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// ` [safe fix]`
fn fix(f: &Finding) -> &'static str {
    match f.fix.as_ref().filter(|_| f.verdict == Verdict::Fail).map(|x| x.applicability) {
        Some(Applicability::Safe) => " [safe fix]",
        Some(Applicability::Unsafe) => " [unsafe fix]",
        Some(Applicability::Needs) => " [fix needs settings]",
        None => "",
    }
}

/// One line, whatever line breaks the text has.
fn line(out: &mut String, view: &View<'_>, at: Option<Location>, text: &str) {
    if let Some(p) = at.and_then(|at| view.place(at)) {
        let _ = write!(out, "{}:{}:{}: ", one(&p.file.path), p.range.start.line, p.range.start.column);
    }
    let _ = writeln!(out, "{}", one(text));
}

fn one(text: &str) -> String {
    printable(text).lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join(" ")
}
