//! What a plan holds, by address: instances, what the source says of them, and what only the cloud could tell.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

/// Data sources that need no cloud.
const OFFLINE: [&str; 5] =
    ["aws_iam_policy_document", "aws_partition", "aws_region", "aws_arn", "aws_service_principal"];

/// Strings and numbers of some length that data sources read from the cloud.
pub(super) fn cloud_values(plan: &Json) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let mut modules: Vec<&Json> = plan.pointer("/prior_state/values/root_module").into_iter().collect();
    while let Some(m) = modules.pop() {
        modules.extend(m.get("child_modules").and_then(Json::as_array).into_iter().flatten());
        for r in m.get("resources").and_then(Json::as_array).into_iter().flatten() {
            let kind = r.get("type").and_then(Json::as_str).unwrap_or_default();
            if r.get("mode").and_then(Json::as_str) != Some("data") || OFFLINE.contains(&kind) {
                continue;
            }
            let mut todo: Vec<&Json> = r.get("values").into_iter().collect();
            while let Some(v) = todo.pop() {
                match v {
                    Json::Object(o) => todo.extend(o.values()),
                    Json::Array(a) => todo.extend(a),
                    Json::String(s) if s.len() >= 5 => _ = out.insert(s.clone()),
                    Json::Number(n) if n.to_string().len() >= 5 => _ = out.insert(n.to_string()),
                    _ => {}
                }
            }
        }
    }
    out
}

pub(super) fn by_address(plan: &Json) -> BTreeMap<&str, &Json> {
    let changes = plan.get("resource_changes").and_then(Json::as_array).into_iter().flatten();
    changes
        .filter(|c| c.get("mode").and_then(Json::as_str) == Some("managed"))
        .filter_map(|c| Some((c.get("address")?.as_str()?, c)))
        .collect()
}

/// Expressions of each resource block, by address without keys.
pub(super) fn expressions(plan: &Json) -> BTreeMap<String, &Json> {
    let mut out = BTreeMap::new();
    let mut todo: Vec<(String, &Json)> =
        plan.pointer("/configuration/root_module").into_iter().map(|m| (String::new(), m)).collect();
    while let Some((prefix, module)) = todo.pop() {
        for r in module.get("resources").and_then(Json::as_array).into_iter().flatten() {
            if let (Some(address), Some(e)) = (r.get("address").and_then(Json::as_str), r.get("expressions"))
            {
                out.insert(format!("{prefix}{address}"), e);
            }
        }
        for (name, call) in module.get("module_calls").and_then(Json::as_object).into_iter().flatten() {
            if let Some(m) = call.get("module") {
                todo.push((format!("{prefix}module.{name}."), m));
            }
        }
    }
    out
}

pub(super) fn without_keys(address: &str) -> String {
    address
        .parse::<trueline_model::Address>()
        .map_or_else(|_| address.to_owned(), |a| a.without_keys().to_string())
}
