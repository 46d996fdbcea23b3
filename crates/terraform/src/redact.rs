//! A plan's JSON without what is sensitive.
//!
//! What enters: the JSON of a plan. What leaves: the same with every sensitive or ephemeral leaf replaced by [`MASK`]: in changes and planned
//! values, variables, outputs, and the constants and defaults of the configuration that they come from. A text that
//! equals a sensitive one is masked wherever it stands.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};
use trueline_model::MASK;
use trueline_provider::schema::{self, AttributeSchema, BlockSchema};

/// Texts shorter than this are not looked for in other places: they would be found everywhere.
const SHORTEST: usize = 4;

/// The plan with sensitive values masked.
pub fn redact(plan: &Json) -> Json {
    let mut out = plan.clone();
    let mut secrets = mask_marked(&mut out, plan);
    secrets.retain(|text| text.len() >= SHORTEST);
    everywhere(&mut out, &secrets);
    out
}

/// The texts and numbers that a plan marks as sensitive, however short.
pub fn secrets(plan: &Json) -> BTreeSet<String> {
    mask_marked(&mut plan.clone(), plan)
}

/// Masks what is marked in `out`, a copy of `plan`; returns what stood there.
fn mask_marked(out: &mut Json, plan: &Json) -> BTreeSet<String> {
    let mut secrets = BTreeSet::new();
    for list in ["resource_changes", "deferred_changes", "resource_drift"] {
        for entry in out.get_mut(list).and_then(Json::as_array_mut).into_iter().flatten() {
            let entry = match entry.get_mut("resource_change") {
                Some(_) if list == "deferred_changes" => entry.get_mut("resource_change"),
                _ => Some(entry),
            };
            if let Some(change) = entry.and_then(|e| e.get_mut("change")) {
                changed(change, &mut secrets);
            }
        }
    }
    for (_, change) in members_mut(out.get_mut("output_changes")) {
        changed(change, &mut secrets);
    }
    for path in ["planned_values", "prior_state"] {
        let values = out.get_mut(path);
        let values = if path == "prior_state" { values.and_then(|v| v.get_mut("values")) } else { values };
        let Some(values) = values else { continue };
        for (_, output) in members_mut(values.get_mut("outputs")) {
            if output.get("sensitive") == Some(&Json::Bool(true))
                && let Some(value) = output.get_mut("value")
            {
                mask(value, &Json::Bool(true), &mut secrets);
            }
        }
        if let Some(root) = values.get_mut("root_module") {
            module_values(root, &mut secrets);
        }
    }
    let sensitive = sensitive_variables(plan.pointer("/configuration/root_module"));
    for (name, variable) in members_mut(out.get_mut("variables")) {
        if sensitive.contains(name.as_str())
            && let Some(value) = variable.get_mut("value")
        {
            mask(value, &Json::Bool(true), &mut secrets);
        }
    }
    if let Some(configuration) = out.get_mut("configuration") {
        for (_, p) in members_mut(configuration.get_mut("provider_config")) {
            let source = p.get("full_name").and_then(Json::as_str).unwrap_or_default().to_owned();
            let schema = schema::provider(&source).and_then(|s| s.provider_config());
            if let (Some(schema), Some(expressions)) = (schema, p.get_mut("expressions")) {
                constants(expressions, &schema, &mut secrets);
            }
        }
        if let Some(root) = configuration.get_mut("root_module") {
            module_configuration(root, &mut secrets);
        }
    }
    secrets
}

/// Sensitive leaves of both sides of a change.
fn changed(change: &mut Json, secrets: &mut BTreeSet<String>) {
    for side in ["before", "after"] {
        let tree = change.get(format!("{side}_sensitive")).cloned().unwrap_or(Json::Null);
        if let Some(value) = change.get_mut(side) {
            mask(value, &tree, secrets);
        }
    }
}

/// Masks the leaves of `value` at which `tree` is true.
fn mask(value: &mut Json, tree: &Json, secrets: &mut BTreeSet<String>) {
    match (tree, &mut *value) {
        (Json::Bool(true), Json::Null) => {}
        (Json::Bool(true), _) => {
            collect(value, secrets);
            *value = Json::String(MASK.to_owned());
        }
        (Json::Object(marks), Json::Object(members)) => {
            for (name, tree) in marks {
                if let Some(member) = members.get_mut(name) {
                    mask(member, tree, secrets);
                }
            }
        }
        (Json::Array(marks), Json::Array(items)) => {
            for (item, tree) in items.iter_mut().zip(marks) {
                mask(item, tree, secrets);
            }
        }
        _ => {}
    }
}

fn collect(value: &Json, secrets: &mut BTreeSet<String>) {
    match value {
        Json::String(s) if !s.is_empty() && s != MASK => {
            secrets.insert(s.clone());
        }
        Json::Number(n) => {
            secrets.insert(n.to_string());
        }
        Json::Array(items) => items.iter().for_each(|v| collect(v, secrets)),
        Json::Object(members) => members.values().for_each(|v| collect(v, secrets)),
        _ => {}
    }
}

/// As deep as modules are nested.
fn module_values(module: &mut Json, secrets: &mut BTreeSet<String>) {
    for r in items_mut(module.get_mut("resources")) {
        let tree = r.get("sensitive_values").cloned().unwrap_or(Json::Null);
        if let Some(values) = r.get_mut("values") {
            mask(values, &tree, secrets);
        }
    }
    items_mut(module.get_mut("child_modules")).for_each(|m| module_values(m, secrets));
}

/// Declared sensitive, or ephemeral: a variable or an output.
fn is_secret(declared: &Json) -> bool {
    ["sensitive", "ephemeral"].iter().any(|mark| declared.get(mark) == Some(&Json::Bool(true)))
}

fn sensitive_variables(module: Option<&Json>) -> BTreeSet<String> {
    let variables = module.and_then(|m| m.get("variables")).and_then(Json::as_object);
    variables.into_iter().flatten().filter(|(_, v)| is_secret(v)).map(|(n, _)| n.clone()).collect()
}

/// As deep as modules are nested.
fn module_configuration(module: &mut Json, secrets: &mut BTreeSet<String>) {
    for (_, v) in members_mut(module.get_mut("variables")) {
        if is_secret(v)
            && let Some(default) = v.get_mut("default")
        {
            mask(default, &Json::Bool(true), secrets);
        }
    }
    for (_, o) in members_mut(module.get_mut("outputs")) {
        if is_secret(o)
            && let Some(constant) = o.get_mut("expression").and_then(|e| e.get_mut("constant_value"))
        {
            mask(constant, &Json::Bool(true), secrets);
        }
    }
    for r in items_mut(module.get_mut("resources")) {
        let text = |name: &str| r.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
        let (kind, data) = (text("type"), text("mode") == "data");
        let key = text("provider_config_key");
        let local = key.rsplit(':').next().unwrap_or_default().split('.').next().unwrap_or_default();
        let source = format!("registry.terraform.io/hashicorp/{local}");
        let schema = schema::provider(&source)
            .and_then(|p| if data { p.data_source(&kind) } else { p.resource(&kind) });
        if let (Some(schema), Some(expressions)) = (schema, r.get_mut("expressions")) {
            constants(expressions, &schema, secrets);
        }
    }
    for (_, call) in members_mut(module.get_mut("module_calls")) {
        let sensitive = sensitive_variables(call.get("module"));
        for (name, e) in members_mut(call.get_mut("expressions")) {
            if sensitive.contains(name.as_str())
                && let Some(constant) = e.get_mut("constant_value")
            {
                mask(constant, &Json::Bool(true), secrets);
            }
        }
        if let Some(module) = call.get_mut("module") {
            module_configuration(module, secrets);
        }
    }
}

/// Constants of arguments that the schema calls sensitive.
fn constants(expressions: &mut Json, schema: &BlockSchema, secrets: &mut BTreeSet<String>) {
    for (name, e) in members_mut(Some(expressions)) {
        if schema.attributes.get(name.as_str()).is_some_and(|a: &AttributeSchema| a.sensitive) {
            if let Some(constant) = e.get_mut("constant_value") {
                mask(constant, &Json::Bool(true), secrets);
            }
        } else if let Some(block) = schema.blocks.get(name.as_str()) {
            match e {
                Json::Array(blocks) => blocks.iter_mut().for_each(|b| constants(b, &block.block, secrets)),
                one => constants(one, &block.block, secrets),
            }
        }
    }
}

/// Masks every text that equals a sensitive one.
fn everywhere(json: &mut Json, secrets: &BTreeSet<String>) {
    match json {
        Json::String(s) if secrets.contains(s) => *json = Json::String(MASK.to_owned()),
        Json::Array(items) => items.iter_mut().for_each(|v| everywhere(v, secrets)),
        Json::Object(members) => members.values_mut().for_each(|v| everywhere(v, secrets)),
        _ => {}
    }
}

fn members_mut(json: Option<&mut Json>) -> impl Iterator<Item = (&String, &mut Json)> {
    json.and_then(Json::as_object_mut).into_iter().flat_map(Map::iter_mut)
}

fn items_mut(json: Option<&mut Json>) -> impl Iterator<Item = &mut Json> {
    json.and_then(Json::as_array_mut).into_iter().flatten()
}
