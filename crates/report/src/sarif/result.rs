//! Findings as SARIF results.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use trueline_model::{Finding, Verdict};
use trueline_text::{Edit, FileId, Location};

use super::{message, place, tool};
use crate::view::{FixEdits, View, subject};

/// The `result` object of the finding with this index.
pub(super) fn result(view: &View<'_>, rules: &BTreeMap<&str, usize>, index: usize, f: &Finding) -> Json {
    let mut out = json!({
        "ruleId": f.rule,
        "kind": if f.verdict == Verdict::Unknown { "open" } else { "fail" },
        "level": if f.verdict == Verdict::Unknown { "none" } else { tool::level(f.severity) },
        "message": message(&text(f)),
        "locations": [location(view, f)],
        "partialFingerprints": { "trueline/v1": f.fingerprint },
        "properties": properties(f),
    });
    let Some(o) = out.as_object_mut() else { return out };
    if let Some(i) = rules.get(f.rule.as_str()) {
        o.insert("ruleIndex".to_owned(), json!(i));
    }
    let steps: Vec<(String, Json)> =
        f.origin.iter().filter_map(|s| Some((s.via.clone(), place::physical(&view.place(s.at)?)))).collect();
    if !steps.is_empty() {
        o.insert("relatedLocations".to_owned(), related(&steps));
        o.insert("codeFlows".to_owned(), flow(&steps));
    }
    if f.verdict == Verdict::Waived {
        let why = f.waiver.as_deref().unwrap_or("");
        o.insert(
            "suppressions".to_owned(),
            json!([{ "kind": "external", "status": "accepted", "justification": why }]),
        );
    }
    if let Some(fix) = view.edits.get(&index).and_then(|e| fix(view, f, e)) {
        o.insert("fixes".to_owned(), json!([fix]));
    }
    out
}

fn text(f: &Finding) -> String {
    let mut m = f.message.clone();
    for part in [&f.why, &f.help] {
        if !part.is_empty() {
            m.push('\n');
            m.push_str(part);
        }
    }
    m
}

fn location(view: &View<'_>, f: &Finding) -> Json {
    let name = subject(f);
    let mut out = json!({});
    let Some(o) = out.as_object_mut() else { return out };
    match f.at.and_then(|at| view.place(at)) {
        Some(p) => o.insert("physicalLocation".to_owned(), place::physical(&p)),
        None => {
            o.insert("physicalLocation".to_owned(), json!({ "artifactLocation": place::artifact(&f.module) }))
        }
    };
    if !name.is_empty() {
        let logical = json!([{ "fullyQualifiedName": name, "kind": "resource" }]);
        o.insert("logicalLocations".to_owned(), logical);
    }
    out
}

fn properties(f: &Finding) -> Json {
    json!({
        "severity": f.severity.as_str(),
        "verdict": f.verdict.as_str(),
        "route": f.route.to_string(),
        "fix": f.fix.as_ref().map_or("none", |x| x.applicability.as_str()),
    })
}

fn related(steps: &[(String, Json)]) -> Json {
    let all = steps
        .iter()
        .enumerate()
        .map(|(i, (via, at))| json!({ "id": i, "message": message(via), "physicalLocation": at }));
    Json::Array(all.collect())
}

/// From the literal to the resource, the way the value goes.
fn flow(steps: &[(String, Json)]) -> Json {
    let locations: Vec<Json> = steps
        .iter()
        .rev()
        .map(|(via, at)| json!({ "location": { "message": message(via), "physicalLocation": at } }))
        .collect();
    json!([{ "threadFlows": [{ "locations": locations }] }])
}

/// The edits as replacements; none if one of them lies at a masked place.
fn fix(view: &View<'_>, f: &Finding, edits: &FixEdits) -> Option<Json> {
    let mut changes = Vec::new();
    for (file, edits) in edits {
        let replacements: Option<Vec<Json>> = edits.iter().map(|e| replacement(view, *file, e)).collect();
        let path = &view.sources.get(*file)?.path;
        changes.push(json!({ "artifactLocation": place::artifact(path), "replacements": replacements? }));
    }
    let what = if f.help.is_empty() { "Apply the fix." } else { f.help.as_str() };
    (!changes.is_empty()).then(|| json!({ "description": message(what), "artifactChanges": changes }))
}

fn replacement(view: &View<'_>, file: FileId, e: &Edit) -> Option<Json> {
    let at = Location { file, span: e.span };
    if view.masks.touch(at) {
        return None;
    }
    let p = view.place(at)?;
    Some(json!({ "deletedRegion": place::region(p.range), "insertedContent": { "text": e.content } }))
}
