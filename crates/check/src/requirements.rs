//! What rules ask for, in words, before anything is checked: each expectation is asked of a resource that says nothing.
//!
//! Enters: rules and settings. Leaves: sentences such as `` `aws_db_instance.deletion_protection` must be true ``. Rules
//! that only `deny` have none; their help says what to do.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};
use trueline_model::Profile;
use trueline_rego::{Limits, Value};
use trueline_rules::{RuleSet, Settings};

use crate::program::Programs;
use crate::{expect, one_profile};

/// What rules ask for, by id; sorted, each once.
pub fn requirements(rules: &RuleSet, settings: &Settings, profile: Profile) -> BTreeMap<String, Vec<String>> {
    let types: BTreeSet<String> = rules
        .rules()
        .iter()
        .flat_map(|r| r.entry.resources.iter().map(|t| (*t).to_owned()))
        .filter(|t| t != "*")
        .collect();
    let program = Programs::new().get(rules, &types);
    let mut out = BTreeMap::new();
    let Some(compiled) = &program.compiled else { return out };
    let resources: Map<String, Json> =
        types.iter().map(|t| (t.clone(), Json::Array(vec![silent(t)]))).collect();
    let data = json!({"trueline": {
        "resources": resources, "data_sources": {}, "handed": [], "actions": {}, "links": {}, "backlinks": {},
        "provider_tags": {}, "breaches": [], "settings": one_profile(settings, profile), "params": settings.params(),
    }});
    let session = compiled.session(Value::from(data), Limits::default());
    for entry in program.entries.iter().filter(|e| e.expects) {
        let Some(meta) = program.metas.get(entry.meta) else { continue };
        let Ok(Some(Value::Set(elements))) = session.rule(&entry.query) else { continue };
        let said: BTreeSet<String> = elements.iter().filter_map(expect::requirement).collect();
        out.entry(meta.id.clone()).or_insert_with(Vec::new).extend(said);
    }
    out
}

/// A resource of a type in which nothing is set.
fn silent(kind: &str) -> Json {
    json!({
        "address": format!("{kind}.example"), "module": "", "mode": "managed", "type": kind, "name": "example", "index": null,
        "provider": "registry.terraform.io/hashicorp/aws", "region": null, "actions": ["create"], "new": true,
        "deferred": false, "conditions": [], "values": {}, "unknown": {}, "documents": {}, "defaults": [], "sensitive": [],
    })
}
