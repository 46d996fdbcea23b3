//! `--format json`: the stable format `trueline.findings/1`, which other programs build on.
//!
//! Keys come in a fixed order, every finding is one line, ranges are end-exclusive and count lines and Unicode
//! scalar values from 1. What has no place in a file has `null` for `file` and `range`.

use serde::Serialize;
use trueline_model::{ControlRef, Effect, Finding, Note, NoteKind, Summary};
use trueline_text::Location;

use crate::escape;
use crate::view::{Place, View, subject};

/// Name and version of the format.
const SCHEMA: &str = "trueline.findings/1";

#[derive(Serialize)]
struct JsonPosition {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct JsonRange {
    start: JsonPosition,
    end: JsonPosition,
}

#[derive(Serialize)]
struct JsonStep<'a> {
    file: &'a str,
    range: JsonRange,
    via: &'a str,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    applicability: &'a str,
    why: Vec<&'a str>,
    needs: &'a [String],
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    rule: &'a str,
    aliases: &'a [String],
    severity: &'a str,
    verdict: &'a str,
    message: &'a str,
    why: &'a str,
    help: &'a str,
    address: &'a str,
    route: String,
    file: Option<&'a str>,
    range: Option<JsonRange>,
    origin: Vec<JsonStep<'a>>,
    controls: &'a [ControlRef],
    fix: Option<JsonFix<'a>>,
    fingerprint: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    waiver: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonSummary {
    modules: usize,
    resources: usize,
    rules: usize,
    fail: usize,
    unknown: usize,
    waived: usize,
    fixable: usize,
}

#[derive(Serialize)]
struct JsonNote<'a> {
    kind: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    file: Option<&'a str>,
    range: Option<JsonRange>,
}

/// Renders the format `trueline.findings/1`.
pub fn json(view: &View<'_>) -> String {
    let mut out = format!("{{\"schema\":\"{SCHEMA}\",\n \"findings\":[");
    lines(&mut out, view.findings.iter().map(|f| finding(view, f)));
    out.push_str("],\n \"summary\":");
    out.push_str(&line(&summary(view.summary)));
    out.push_str(",\n \"notes\":[");
    lines(&mut out, view.notes.iter().map(|n| note(view, n)));
    out.push_str("]}\n");
    escape::json(out)
}

fn lines(out: &mut String, items: impl Iterator<Item = String>) {
    for (i, item) in items.enumerate() {
        out.push_str(if i == 0 { "\n  " } else { ",\n  " });
        out.push_str(&item);
    }
}

/// Plain structs of strings and numbers always serialize; the fallback keeps the document well-formed all the same.
fn line<T: Serialize>(item: &T) -> String {
    serde_json::to_string(item).unwrap_or_else(|_| "null".to_owned())
}

fn range(p: &Place<'_>) -> JsonRange {
    let position = |p: trueline_text::Position| JsonPosition { line: p.line, column: p.column };
    JsonRange { start: position(p.range.start), end: position(p.range.end) }
}

fn place<'a>(view: &View<'a>, at: Option<Location>) -> (Option<&'a str>, Option<JsonRange>) {
    match at.and_then(|at| view.place(at)) {
        Some(p) => (Some(&p.file.path), Some(range(&p))),
        None => (None, None),
    }
}

fn finding(view: &View<'_>, f: &Finding) -> String {
    let (file, at) = place(view, f.at);
    let address = subject(f);
    let origin = f.origin.iter().filter_map(|s| {
        let p = view.place(s.at)?;
        Some(JsonStep { file: &p.file.path, range: range(&p), via: &s.via })
    });
    line(&JsonFinding {
        rule: &f.rule,
        aliases: &f.aliases,
        severity: f.severity.as_str(),
        verdict: f.verdict.as_str(),
        message: &f.message,
        why: &f.why,
        help: &f.help,
        address: &address,
        route: f.route.to_string(),
        file,
        range: at,
        origin: origin.collect(),
        controls: &f.controls,
        fix: f.fix.as_ref().map(|x| JsonFix {
            applicability: x.applicability.as_str(),
            why: x.effects.iter().map(|Effect { why, .. }| why.as_str()).collect(),
            needs: &x.needs,
        }),
        fingerprint: &f.fingerprint,
        waiver: f.waiver.as_deref(),
    })
}

fn note(view: &View<'_>, n: &Note) -> String {
    let (file, range) = place(view, n.at);
    let kind = match n.kind {
        NoteKind::Error => "error",
        NoteKind::Warning => "warning",
        NoteKind::Info => "info",
    };
    line(&JsonNote { kind, message: &n.message, help: n.help.as_deref(), file, range })
}

const fn summary(s: Summary) -> JsonSummary {
    JsonSummary {
        modules: s.modules,
        resources: s.resources,
        rules: s.rules,
        fail: s.fail,
        unknown: s.unknown,
        waived: s.waived,
        fixable: s.fixable,
    }
}
