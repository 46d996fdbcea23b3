//! SARIF 2.1.0, as code hosts and editors read it.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::{FileResults, Outcome, TestResult};
use crate::sarif::{artifact, document, driver_of_policies, message};

/// Renders one result for each failure, warning and exception; the last carries a suppression. What passed has none.
pub fn sarif(files: &[FileResults]) -> String {
    let mut rules: BTreeMap<String, &str> = BTreeMap::new();
    for (f, r) in files.iter().flat_map(|f| f.results.iter().map(move |r| (f, r))) {
        let level = rules.entry(rule(f, r)).or_insert("note");
        if r.outcome == Outcome::Failure || (r.outcome == Outcome::Warning && *level == "note") {
            *level = self::level(r.outcome);
        }
    }
    let results: Vec<Json> = files
        .iter()
        .flat_map(|f| f.results.iter().map(move |r| (f, r)))
        .map(|(f, r)| {
            let id = rule(f, r);
            let index = rules.range(..id.clone()).count();
            result(f, r, &id, index)
        })
        .collect();
    let rules =
        rules.iter().map(|(id, level)| json!({ "id": id, "defaultConfiguration": { "level": level } }));
    document(json!({
        "tool": { "driver": driver_of_policies(rules.collect()) },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": { "SRCROOT": { "description": { "text": "The directory that the test ran in." } } },
        "results": results,
    }))
}

fn result(f: &FileResults, r: &TestResult, id: &str, index: usize) -> Json {
    let said = r.location.as_ref();
    let file = said.map(|l| l.file.as_str()).filter(|file| !file.is_empty()).unwrap_or(&f.file);
    let line = said.and_then(|l| l.line.parse::<u32>().ok()).filter(|line| *line > 0).unwrap_or(1);
    let mut out = json!({
        "ruleId": id,
        "ruleIndex": index,
        "level": level(r.outcome),
        "message": message(&r.message),
        "locations": [{
            "physicalLocation": { "artifactLocation": artifact(file), "region": { "startLine": line } },
        }],
    });
    let Some(o) = out.as_object_mut() else { return out };
    if matches!(r.outcome, Outcome::Exception | Outcome::Skipped) {
        o.insert("suppressions".to_owned(), json!([{ "kind": "inSource" }]));
    }
    if !r.metadata.is_empty() {
        o.insert("properties".to_owned(), Json::Object(r.metadata.clone()));
    }
    out
}

const fn level(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Failure => "error",
        Outcome::Warning => "warning",
        Outcome::Exception | Outcome::Skipped => "note",
    }
}

/// `NAMESPACE/RULE`, as the query says; what has none is an exception, or a test by its name.
fn rule(f: &FileResults, r: &TestResult) -> String {
    let query = r.metadata.get("query").and_then(Json::as_str);
    let path = query.unwrap_or(if f.namespace.is_empty() { &r.message } else { "" });
    let path = path.strip_prefix("data.").unwrap_or(path);
    match path.rsplit_once('.') {
        Some((namespace, rule)) => format!("{namespace}/{rule}"),
        None => format!("{}/exception", f.namespace),
    }
}
