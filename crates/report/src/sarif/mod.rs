//! `--format sarif`: SARIF 2.1.0, as code hosts and editors read it.
//!
//! A failure is a result of kind `fail`, what can't be decided one of kind `open`, what is waived carries a
//! suppression. Controls are taxa of one taxonomy per framework; the way of a value is a code flow.

mod place;
mod result;
mod tool;

use std::collections::BTreeMap;

pub(crate) use place::artifact;
use serde_json::{Map, Value as Json, json};
pub(crate) use tool::driver_of_policies;
use trueline_model::{Note, NoteKind};

use crate::escape::{self, printable};
use crate::view::View;

/// Renders SARIF 2.1.0, keys sorted.
pub fn sarif(view: &View<'_>) -> String {
    let rules = tool::rules(view);
    let index: BTreeMap<&str, usize> = rules.iter().enumerate().map(|(i, r)| (r.id.as_str(), i)).collect();
    let results: Vec<Json> =
        view.findings.iter().enumerate().map(|(i, f)| result::result(view, &index, i, f)).collect();
    let run = json!({
        "tool": { "driver": tool::driver(view, &rules) },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": { "SRCROOT": { "description": { "text": "The directory that the check ran in." } } },
        "invocations": [invocation(view)],
        "taxonomies": tool::taxonomies(view),
        "results": results,
    });
    document(run)
}

/// The document of one run.
pub(crate) fn document(run: Json) -> String {
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    });
    let mut out = serde_json::to_string_pretty(&sorted(log)).unwrap_or_default();
    out.push('\n');
    escape::json(out)
}

fn invocation(view: &View<'_>) -> Json {
    let notes: Vec<Json> = view.notes.iter().map(|n| notification(view, n)).collect();
    let failed = view.notes.iter().any(|n| n.kind == NoteKind::Error);
    json!({ "executionSuccessful": !failed, "toolExecutionNotifications": notes })
}

fn notification(view: &View<'_>, n: &Note) -> Json {
    let level = match n.kind {
        NoteKind::Error => "error",
        NoteKind::Warning => "warning",
        NoteKind::Info => "note",
    };
    let text = match &n.help {
        Some(h) => format!("{}\n{h}", n.message),
        None => n.message.clone(),
    };
    let mut out = json!({ "level": level, "message": message(&text) });
    if let (Some(o), Some(at)) = (out.as_object_mut(), n.at.and_then(|at| view.place(at))) {
        o.insert("locations".to_owned(), json!([{ "physicalLocation": place::physical(&at) }]));
    }
    out
}

/// A message; SARIF reads `[text](link)` in it, so brackets are escaped.
pub(crate) fn message(text: &str) -> Json {
    json!({ "text": printable(text).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]") })
}

/// Sorts the keys of all objects, whichever order the map type of this build has; the depth is that of the
/// documents built here.
fn sorted(json: Json) -> Json {
    match json {
        Json::Object(map) => {
            let entries: BTreeMap<String, Json> = map.into_iter().map(|(k, v)| (k, sorted(v))).collect();
            Json::Object(entries.into_iter().collect::<Map<_, _>>())
        }
        Json::Array(items) => Json::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}
