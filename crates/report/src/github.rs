//! `--format github`: workflow commands that GitHub shows as annotations of a pull request.

use std::fmt::Write as _;

use trueline_model::{Applicability, Finding, NoteKind, Severity, Verdict};
use trueline_text::Location;

use crate::text::summary_line;
use crate::view::{View, printable, subject};

/// Renders one workflow command per failure, undecided finding and note, then the summary line.
pub fn github(view: &View<'_>) -> String {
    let mut out = String::new();
    for f in view.findings {
        let level = match (f.verdict, f.severity) {
            (Verdict::Waived, _) => continue,
            (Verdict::Unknown, _) | (Verdict::Fail, Severity::Medium | Severity::Low) => "warning",
            (Verdict::Fail, Severity::High | Severity::Critical) => "error",
            (Verdict::Fail, Severity::Info) => "notice",
        };
        command(&mut out, view, level, f.at, &f.rule, &message(f));
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

fn message(f: &Finding) -> String {
    let mut m = f.message.clone();
    let subject = subject(f);
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
    let _ = writeln!(out, "title={}::{}", property(title), data(&printable(message)));
}

/// Escapes the text of a command.
pub(crate) fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
pub(crate) fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
