//! `--format github`: workflow commands that GitHub shows as annotations of a pull request.

use std::fmt::Write as _;

use trueline_model::{Applicability, Finding, NoteKind, Severity, Verdict};
use trueline_text::Location;

use crate::escape::printable;
use crate::text::summary_line;
use crate::view::{View, subjects};

/// Renders one workflow command per failure, undecided finding and note, then the summary line. The worst come first,
/// since GitHub shows only the first ten or so.
pub fn github(view: &View<'_>) -> String {
    let mut out = String::new();
    let mut shown = view.shown();
    shown.sort_by_key(|(f, _)| (f.verdict == Verdict::Unknown, std::cmp::Reverse(f.severity)));
    for (f, others) in shown {
        let level = match (f.verdict, f.severity) {
            (Verdict::Unknown | Verdict::Waived, _) | (_, Severity::Medium | Severity::Low) => "warning",
            (_, Severity::High | Severity::Critical) => "error",
            (_, Severity::Info) => "notice",
        };
        command(&mut out, view, level, f.at, &f.rule, &message(f, others));
    }
    for n in view.notes {
        let level = match n.kind {
            NoteKind::Error => "error",
            NoteKind::Warning => "warning",
            NoteKind::Info => "notice",
        };
        let text = match &n.help {
            Some(h) => format!("{}\n{h}", n.message),
            None => n.message.clone(),
        };
        command(&mut out, view, level, n.at, "trueline", &text);
    }
    for line in summary_line(view) {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

fn message(f: &Finding, others: usize) -> String {
    let mut m = f.message.clone();
    let subject = subjects(f, others);
    if !subject.is_empty() && !m.contains(&*subject) {
        m = format!("{subject}: {m}");
    }
    for part in [&f.why, &f.help] {
        if !part.is_empty() {
            m.push('\n');
            m.push_str(part);
        }
    }
    if f.fix.as_ref().is_some_and(|x| x.applicability == Applicability::Safe) {
        m.push_str("\nSafe fix: run `trueline fix`.");
    }
    m
}

/// Columns are given only where the range lies on one line, as GitHub ignores them otherwise.
fn command(out: &mut String, view: &View<'_>, level: &str, at: Option<Location>, title: &str, message: &str) {
    let _ = write!(out, "::{level} ");
    if let Some(p) = at.and_then(|at| view.place(at)) {
        let (start, end) = (p.range.start, p.range.end);
        let _ = write!(out, "file={},line={},endLine={}", property(&p.file.path), start.line, end.line);
        if start.line == end.line {
            let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
        }
        out.push(',');
    }
    let _ = writeln!(out, "title={}::{}", property(title), data(message));
}

/// Escapes the text of a command.
pub(crate) fn data(text: &str) -> String {
    printable(text).replace('%', "%25").replace('\n', "%0A")
}

/// Escapes a property of a command.
pub(crate) fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
