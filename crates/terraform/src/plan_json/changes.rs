//! Instances and outputs: `planned_values`, `resource_changes`, `output_changes`, `variables`.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};
use trueline_model::{Action, Address, Key, Kind, Mode, Reason, Resource, Value};

use super::values::{known, unknown_tree};
use super::{is_answered, values};
use crate::parts::PlanParts;
use trueline_provider::{planned, schema};

use crate::builtin;

/// `variables`: values of the root module's variables; one without a value shows none.
pub fn variables(parts: &PlanParts<'_>) -> Map<String, Json> {
    let one = |v| known(v).map_or_else(|| json!({}), |value| json!({ "value": value }));
    parts.variables.iter().map(|(name, v)| (name.to_string(), one(v))).collect()
}

/// `output_changes`
pub fn output_changes(parts: &PlanParts<'_>) -> Json {
    let mut out = Map::new();
    for o in parts.outputs {
        let sensitive = o.sensitive || o.value.has_secret();
        let mut change = Map::new();
        change.insert("actions".into(), json!([Action::Create.as_str()]));
        change.insert("before".into(), Json::Null);
        if let Some(after) = known(&o.value) {
            change.insert("after".into(), after);
        }
        let whole = o.value.is_wholly_known();
        change.insert("after_unknown".into(), if whole { Json::Bool(false) } else { unknown_tree(&o.value) });
        change.insert("before_sensitive".into(), json!(sensitive));
        change.insert("after_sensitive".into(), json!(sensitive));
        out.insert(o.name.to_string(), Json::Object(change));
    }
    Json::Object(out)
}

/// `planned_values`
pub fn planned_values(parts: &PlanParts<'_>) -> Json {
    let mut out = Map::new();
    let mut outputs = Map::new();
    for o in parts.outputs {
        let mut shown = Map::new();
        shown.insert("sensitive".into(), json!(o.sensitive || o.value.has_secret()));
        if o.value.is_wholly_known() && !o.value.is_null() {
            shown.insert("type".into(), type_json(&o.value.ty()));
            shown.insert("value".into(), known(&o.value).unwrap_or(Json::Null));
        }
        outputs.insert(o.name.to_string(), Json::Object(shown));
    }
    if !outputs.is_empty() {
        out.insert("outputs".into(), Json::Object(outputs));
    }
    let planned = parts.resources.iter().chain(parts.data).filter(|r| !r.deferred && !is_answered(r));
    out.insert("root_module".into(), module_tree(planned));
    Json::Object(out)
}

/// `prior_state.values`: data sources that are answered; none if there is none.
pub fn prior_values(parts: &PlanParts<'_>) -> Option<Json> {
    let mut answered = parts.data.iter().filter(|r| is_answered(r)).peekable();
    answered.peek()?;
    Some(json!({ "root_module": module_tree(answered) }))
}

/// `resource_changes`
pub fn resource_changes(parts: &PlanParts<'_>) -> Json {
    let mut all: Vec<&Resource> =
        parts.resources.iter().chain(parts.data).filter(|r| !r.deferred && !is_answered(r)).collect();
    all.sort_by(|a, b| order(&a.address, &b.address));
    Json::Array(all.into_iter().map(|r| Json::Object(change(r))).collect())
}

/// `deferred_changes`: placeholders for instances whose number is not decided.
pub fn deferred_changes(parts: &PlanParts<'_>) -> Vec<Json> {
    let mut all: Vec<&Resource> = parts.resources.iter().chain(parts.data).filter(|r| r.deferred).collect();
    all.sort_by(|a, b| order(&a.address, &b.address));
    all.into_iter()
        .map(|r| json!({ "reason": "instance_count_unknown", "resource_change": change(r) }))
        .collect()
}

/// Terraform's order: shorter module paths first, data sources before managed ones, indices as numbers.
fn order(a: &Address, b: &Address) -> Ordering {
    let mode = |a: &Address| match a.mode {
        Mode::Data => 0,
        Mode::Managed => 1,
    };
    (a.modules.len(), &a.modules, mode(a), &a.kind, &a.name, &a.key).cmp(&(
        b.modules.len(),
        &b.modules,
        mode(b),
        &b.kind,
        &b.name,
        &b.key,
    ))
}

/// True for a data source of which all is known but what it reads on apply.
fn is_pending(v: &Value, address: &Address) -> bool {
    match &v.kind {
        Kind::Unknown(u) => match &u.reason {
            Reason::Computed(of, _) => **of == *address,
            reason => *reason == Reason::Unset,
        },
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            items.iter().all(|i| is_pending(i, address))
        }
        Kind::Map(_, entries) | Kind::Object(entries) => entries.values().all(|i| is_pending(i, address)),
        Kind::Null(_) | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => true,
    }
}

fn change(r: &Resource) -> Map<String, Json> {
    let mut out = Map::new();
    let module = r.address.module_path();
    out.insert("address".into(), json!(r.address.to_string()));
    if !module.is_empty() {
        out.insert("module_address".into(), json!(module));
    }
    head(r, &mut out);
    let (values, sensitive) = shown(r);
    let mut change = Map::new();
    change.insert("actions".into(), r.actions.iter().map(|a| json!(a.as_str())).collect());
    change.insert("before".into(), r.before.clone().unwrap_or(Json::Null));
    change.insert("after".into(), known(&values).unwrap_or(Json::Null));
    let unknown = if values.is_wholly_known() { json!({}) } else { unknown_tree(&values) };
    change.insert("after_unknown".into(), unknown);
    change.insert("before_sensitive".into(), json!(false));
    change.insert("after_sensitive".into(), sensitive);
    out.insert("change".into(), Json::Object(change));
    if r.actions == [Action::Read] {
        let reason = match is_pending(&r.values, &r.address) {
            true => "read_because_dependency_pending",
            false => "read_because_config_unknown",
        };
        out.insert("action_reason".into(), json!(reason));
    }
    out
}

/// What a change and a planned value say alike: mode, type, name, index, provider.
fn head(r: &Resource, out: &mut Map<String, Json>) {
    let mode = match r.address.mode {
        Mode::Managed => "managed",
        Mode::Data => "data",
    };
    out.insert("mode".into(), json!(mode));
    out.insert("type".into(), json!(&*r.address.kind));
    out.insert("name".into(), json!(&*r.address.name));
    match &r.address.key {
        Some(Key::Index(i)) => {
            out.insert("index".into(), json!(i));
        }
        Some(Key::Name(n)) => {
            out.insert("index".into(), json!(&**n));
        }
        Some(Key::Any) => {
            out.insert("index_unknown".into(), json!(true));
        }
        None => {}
    }
    out.insert("provider_name".into(), json!(&*r.provider.source));
}

/// The values as a real plan shows them, and what of them is sensitive.
fn shown(r: &Resource) -> (Value, Json) {
    let known = schema::of(&r.provider, r.address.mode, &r.address.kind);
    let known = known.or_else(|| builtin::schema(&r.provider.source, r.address.mode, &r.address.kind));
    let values = match (&known, r.address.mode) {
        (Some(s), Mode::Managed) => planned::planned(&r.values, s),
        _ => r.values.clone(),
    };
    let sensitive = values::sensitive_tree(&values, known.as_deref());
    (values, sensitive)
}

/// Instances as a tree of modules.
#[derive(Default)]
struct Module<'a> {
    resources: Vec<&'a Resource>,
    children: BTreeMap<String, Module<'a>>,
}

fn module_tree<'a>(instances: impl Iterator<Item = &'a Resource>) -> Json {
    let mut root = Module::default();
    for r in instances {
        let mut at = &mut root;
        let mut path = String::new();
        for step in &r.address.modules {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&step.to_string());
            at = at.children.entry(path.clone()).or_default();
        }
        at.resources.push(r);
    }
    Json::Object(module_json(root, None))
}

/// As deep as modules are nested.
fn module_json(mut module: Module<'_>, address: Option<String>) -> Map<String, Json> {
    let mut out = Map::new();
    module.resources.sort_by_cached_key(|r| r.address.to_string());
    if !module.resources.is_empty() {
        out.insert("resources".into(), module.resources.iter().map(|r| planned(r)).collect());
    }
    if let Some(a) = address {
        out.insert("address".into(), json!(a));
    }
    if !module.children.is_empty() {
        let children = module.children.into_iter().map(|(a, m)| Json::Object(module_json(m, Some(a))));
        out.insert("child_modules".into(), children.collect());
    }
    out
}

fn planned(r: &Resource) -> Json {
    let mut out = Map::new();
    out.insert("address".into(), json!(r.address.to_string()));
    head(r, &mut out);
    out.insert("schema_version".into(), json!(r.schema_version));
    let (values, sensitive) = shown(r);
    out.insert("values".into(), known(&values).unwrap_or(Json::Null));
    out.insert("sensitive_values".into(), sensitive);
    Json::Object(out)
}

/// A type in Terraform's JSON.
fn type_json(ty: &trueline_model::Type) -> Json {
    use trueline_model::Type;
    match ty {
        Type::Any => json!("dynamic"),
        Type::Bool => json!("bool"),
        Type::Number => json!("number"),
        Type::String => json!("string"),
        Type::List(t) => json!(["list", type_json(t)]),
        Type::Set(t) => json!(["set", type_json(t)]),
        Type::Map(t) => json!(["map", type_json(t)]),
        Type::Tuple(items) => json!(["tuple", items.iter().map(type_json).collect::<Vec<_>>()]),
        Type::Object(members) => {
            let members: Map<String, Json> =
                members.iter().map(|(name, a)| (name.to_string(), type_json(&a.ty))).collect();
            json!(["object", members])
        }
    }
}
