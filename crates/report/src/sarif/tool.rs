//! The driver, its rules and the taxonomies of controls.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use trueline_model::{ControlRef, RuleMeta, Severity};

use crate::view::View;

/// Where people read about the program.
const HOME: &str = "https://github.com/trueline/trueline";

/// Rules that have a result or metadata, sorted by id; a plain policy's rule has only an id.
pub(super) fn rules(view: &View<'_>) -> Vec<RuleMeta> {
    let mut by_id: BTreeMap<&str, RuleMeta> = view.rules.iter().map(|r| (r.id.as_str(), r.clone())).collect();
    for f in view.findings {
        by_id.entry(&f.rule).or_insert_with(|| RuleMeta {
            id: f.rule.clone(),
            title: String::new(),
            description: String::new(),
            help: String::new(),
            severity: f.severity,
            profile: trueline_model::Profile::Baseline,
            resources: Vec::new(),
            controls: f.controls.clone(),
            aliases: f.aliases.clone(),
            settings: Vec::new(),
            after: Vec::new(),
            fix: String::new(),
        });
    }
    by_id.into_values().collect()
}

/// The level of a failure.
pub(super) const fn level(s: Severity) -> &'static str {
    match s {
        Severity::Critical | Severity::High => "error",
        Severity::Medium | Severity::Low => "warning",
        Severity::Info => "note",
    }
}

/// GitHub's scale: over 9.0 critical, from 7.0 high, from 4.0 medium, below that low.
const fn security_severity(s: Severity) -> &'static str {
    match s {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "3.0",
        Severity::Info => "0.0",
    }
}

/// The `driver` component where plain policies run.
pub(crate) fn driver_of_policies(rules: Vec<Json>) -> Json {
    let version = env!("CARGO_PKG_VERSION");
    json!({
        "name": "trueline",
        "version": version,
        "semanticVersion": version,
        "informationUri": HOME,
        "rules": rules,
    })
}

/// The `driver` component.
pub(super) fn driver(view: &View<'_>, rules: &[RuleMeta]) -> Json {
    let supported: Vec<Json> = frameworks(view).keys().map(|f| json!({ "name": f })).collect();
    let rules: Vec<Json> = rules.iter().map(|r| rule(view, r)).collect();
    json!({
        "name": "trueline",
        "version": view.version,
        "semanticVersion": view.version,
        "informationUri": HOME,
        "rules": rules,
        "supportedTaxonomies": supported,
    })
}

fn rule(view: &View<'_>, r: &RuleMeta) -> Json {
    let mut tags = vec!["security".to_owned()];
    tags.extend(r.aliases.iter().cloned());
    tags.extend(r.controls.iter().map(|c| format!("{} {}", view.framework(&c.framework), c.id)));
    let mut out = json!({
        "id": r.id,
        "defaultConfiguration": { "level": level(r.severity) },
        "properties": {
            "security-severity": security_severity(r.severity),
            "precision": "very-high",
            "problem.severity": level(r.severity).replace("note", "recommendation"),
            "tags": tags,
        },
        "relationships": r.controls.iter().map(relationship).collect::<Vec<_>>(),
    });
    let Some(o) = out.as_object_mut() else { return out };
    for (key, text) in [("shortDescription", &r.title), ("fullDescription", &r.description)] {
        if !text.is_empty() {
            o.insert(key.to_owned(), json!({ "text": text }));
        }
    }
    if !r.title.is_empty() || !r.help.is_empty() {
        let text = [&r.description, &r.help]
            .iter()
            .filter(|s| !s.is_empty())
            .map(|s| s.as_str())
            .collect::<Vec<_>>();
        o.insert("help".to_owned(), json!({ "text": text.join("\n\n"), "markdown": markdown(view, r) }));
    }
    out
}

fn markdown(view: &View<'_>, r: &RuleMeta) -> String {
    let mut out = format!("## {}\n\n`{}`\n", r.title, r.id);
    for (head, text) in [("Why", &r.description), ("What to do", &r.help), ("Fix", &r.fix)] {
        if !text.is_empty() {
            out.push_str(&format!("\n### {head}\n\n{text}\n"));
        }
    }
    if !r.controls.is_empty() {
        out.push_str("\n### Controls\n\n");
        for c in &r.controls {
            let title = view.controls.get(c).map(|t| format!(": {t}")).unwrap_or_default();
            out.push_str(&format!("- {} {}{title}\n", view.framework(&c.framework), c.id));
        }
    }
    out
}

fn relationship(c: &ControlRef) -> Json {
    json!({ "target": { "id": c.id, "toolComponent": { "name": c.framework } }, "kinds": ["relevant"] })
}

fn frameworks<'a>(view: &View<'a>) -> BTreeMap<&'a str, BTreeSet<&'a ControlRef>> {
    let mut out: BTreeMap<&str, BTreeSet<&ControlRef>> = BTreeMap::new();
    let all = view.rules.iter().map(|r| &r.controls).chain(view.findings.iter().map(|f| &f.controls));
    for c in all.flatten() {
        out.entry(&c.framework).or_default().insert(c);
    }
    out
}

/// One taxonomy per framework that a rule names.
pub(super) fn taxonomies(view: &View<'_>) -> Vec<Json> {
    let taxonomy = |(id, controls): (&str, BTreeSet<&ControlRef>)| {
        let taxa: Vec<Json> = controls.into_iter().map(|c| taxon(view, c)).collect();
        json!({
            "name": id,
            "fullName": view.framework(id),
            "shortDescription": { "text": view.framework(id) },
            "taxa": taxa,
        })
    };
    frameworks(view).into_iter().map(taxonomy).collect()
}

fn taxon(view: &View<'_>, c: &ControlRef) -> Json {
    match view.controls.get(c) {
        Some(title) => json!({ "id": c.id, "shortDescription": { "text": title } }),
        None => json!({ "id": c.id }),
    }
}
