//! `--format github`: workflow commands that GitHub shows as annotations of a pull request.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use trueline_model::{Finding, Note, NoteKind, Severity, Verdict};
use trueline_text::Location;

use crate::escape::printable;
use crate::offer::offer;
use crate::totals;
use crate::view::{View, subjects};

/// Renders one workflow command per failure and undecided finding, the worst first, since GitHub shows only the first ten or
/// so of each level; then one for all notes, and the summary. An error that has a place is told there.
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
    let (placed, rest): (Vec<&Note>, Vec<&Note>) =
        view.notes.iter().partition(|n| n.kind == NoteKind::Error && n.at.is_some());
    for n in placed {
        command(&mut out, view, "error", n.at, "trueline", &said(n));
    }
    if let Some(worst) = rest.iter().map(|n| n.kind).min_by_key(|kind| rank(*kind).1) {
        let (level, _) = rank(worst);
        command(&mut out, view, level, None, "trueline", &gathered(view, &rest));
    }
    for line in totals::summary(view) {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

fn said(n: &Note) -> String {
    match &n.help {
        Some(h) => format!("{}\n{h}", n.message),
        None => n.message.clone(),
    }
}

/// The level of a note, and how late it comes.
const fn rank(kind: NoteKind) -> (&'static str, u8) {
    match kind {
        NoteKind::Error => ("error", 0),
        NoteKind::Warning => ("warning", 1),
        NoteKind::Info => ("notice", 2),
    }
}

/// Each message once, the worst first, with its place or how often it is said, and what to do.
fn gathered(view: &View<'_>, notes: &[&Note]) -> String {
    let mut by: BTreeMap<(u8, &str, Option<&str>), Vec<&Note>> = BTreeMap::new();
    for n in notes {
        by.entry((rank(n.kind).1, &n.message, n.help.as_deref())).or_default().push(n);
    }
    let mut out: Vec<String> = Vec::new();
    for ((_, message, help), alike) in by {
        let at = match alike.as_slice() {
            [one] => one
                .at
                .and_then(|at| view.place(at))
                .map(|p| format!(" ({}:{})", p.file.path, p.range.start.line)),
            several => Some(format!(" ({} times)", several.len())),
        };
        out.push(format!("{message}{}", at.unwrap_or_default()));
        out.extend(help.map(|h| format!("  {h}")));
    }
    out.join("\n")
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
    if let Some(x) = &f.fix {
        m.push_str("\nFix: ");
        m.push_str(&offer(x));
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
