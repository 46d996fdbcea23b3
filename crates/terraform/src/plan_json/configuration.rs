//! `configuration`: what the source says, unevaluated.

use serde_json::{Map, Value as Json, json};
use trueline_hcl::{Expr, ExprKind};
use trueline_model::Mode;

use super::expressions::{expression, expressions};
use super::providers::Providers;
use super::references::{constant, subject};
use crate::content::Declaration;
use crate::module::{ModuleConfig, ResourceKey};
use crate::parts::ModuleTree;
use trueline_provider::schema::{self, BlockSchema};

/// Arguments and blocks of a resource that belong to Terraform, not to the provider.
const META: &[&str] =
    &["count", "for_each", "provider", "depends_on", "lifecycle", "connection", "provisioner", "enabled"];
/// The same for a `module` block.
const CALL_META: &[&str] =
    &["source", "version", "count", "for_each", "providers", "depends_on", "lifecycle"];
/// The same for a provisioner.
const PROVISIONER_META: &[&str] = &["when", "on_failure", "connection"];

/// The configuration of a root module and of those below.
pub fn configuration(root: &ModuleTree<'_>) -> Json {
    let providers = Providers::of(root);
    let mut out = Map::new();
    let shown = providers.shown();
    if !shown.is_empty() {
        out.insert("provider_config".into(), Json::Object(shown));
    }
    out.insert("root_module".into(), Json::Object(module(root, "", &providers)));
    Json::Object(out)
}

/// As deep as modules are nested.
fn module(tree: &ModuleTree<'_>, path: &str, providers: &Providers) -> Map<String, Json> {
    let config = &*tree.config;
    let mut out = Map::new();
    let outputs: Map<String, Json> = config.outputs.iter().map(|(n, d)| (n.to_string(), output(d))).collect();
    if !outputs.is_empty() {
        out.insert("outputs".into(), Json::Object(outputs));
    }
    let resources = resources(config, path, providers);
    if !resources.is_empty() {
        out.insert("resources".into(), Json::Array(resources));
    }
    let mut calls = Map::new();
    for (name, d) in &config.calls {
        let below = tree.calls.get(name);
        calls.insert(name.to_string(), call(name, d, below, path, providers));
    }
    if !calls.is_empty() {
        out.insert("module_calls".into(), Json::Object(calls));
    }
    let variables: Map<String, Json> =
        config.variables.iter().map(|(n, d)| (n.to_string(), variable(d))).collect();
    if !variables.is_empty() {
        out.insert("variables".into(), Json::Object(variables));
    }
    out
}

fn output(d: &Declaration<'_>) -> Json {
    let mut out = Map::new();
    flag(d, "sensitive", &mut out);
    flag(d, "ephemeral", &mut out);
    let value = d.content.argument("value").map_or_else(|| json!({}), |a| expression(a.expr));
    out.insert("expression".into(), value);
    description(d, &mut out);
    depends_on(d, &mut out);
    Json::Object(out)
}

fn variable(d: &Declaration<'_>) -> Json {
    let mut out = Map::new();
    if let Some(default) = d.content.argument("default").and_then(|a| constant(a.expr)) {
        out.insert("default".into(), default);
    }
    description(d, &mut out);
    flag(d, "sensitive", &mut out);
    flag(d, "ephemeral", &mut out);
    Json::Object(out)
}

fn resources(config: &ModuleConfig<'_>, path: &str, providers: &Providers) -> Vec<Json> {
    let mut all: Vec<(u8, String, Json)> = Vec::new();
    for (key, d) in &config.resources {
        let source = config.provider_source(&provider_name(key, d));
        let known = schema::provider(&source);
        let (order, mode, address, schema) = match key.mode {
            Mode::Managed => (
                0,
                "managed",
                format!("{}.{}", key.kind, key.name),
                known.and_then(|p| p.resource(&key.kind)),
            ),
            Mode::Data => (
                1,
                "data",
                format!("data.{}.{}", key.kind, key.name),
                known.and_then(|p| p.data_source(&key.kind)),
            ),
        };
        let mut out = Map::new();
        out.insert("address".into(), json!(address));
        out.insert("mode".into(), json!(mode));
        out.insert("type".into(), json!(&*key.kind));
        out.insert("name".into(), json!(&*key.name));
        out.insert("provider_config_key".into(), json!(providers.key_of(path, &provider_address(key, d))));
        resource_body(d, schema.as_deref(), &mut out);
        all.push((order, address, Json::Object(out)));
    }
    all.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    all.into_iter().map(|(_, _, j)| j).collect()
}

fn resource_body(d: &Declaration<'_>, schema: Option<&BlockSchema>, out: &mut Map<String, Json>) {
    let provisioners: Vec<Json> = d
        .content
        .blocks("provisioner", 1)
        .iter()
        .map(|p| {
            let inner = expressions(&p.content(), None, PROVISIONER_META);
            let mut one =
                Map::from_iter([("type".to_owned(), json!(p.labels.first().copied().unwrap_or_default()))]);
            if !inner.is_empty() {
                one.insert("expressions".into(), Json::Object(inner));
            }
            Json::Object(one)
        })
        .collect();
    if !provisioners.is_empty() {
        out.insert("provisioners".into(), Json::Array(provisioners));
    }
    let found = expressions(&d.content, schema, META);
    if !found.is_empty() {
        out.insert("expressions".into(), Json::Object(found));
    }
    out.insert("schema_version".into(), json!(schema.map_or(0, |s| s.version)));
    repetition(d, out);
    depends_on(d, out);
}

fn call(
    name: &str,
    d: &Declaration<'_>,
    below: Option<&ModuleTree<'_>>,
    path: &str,
    providers: &Providers,
) -> Json {
    let mut out = Map::new();
    if let Some(source) = d.content.literal_str("source") {
        out.insert("source".into(), json!(source));
    }
    let inputs = expressions(&d.content, None, CALL_META);
    if !inputs.is_empty() {
        out.insert("expressions".into(), Json::Object(inputs));
    }
    repetition(d, &mut out);
    if let Some(tree) = below {
        let inner = if path.is_empty() { format!("module.{name}") } else { format!("{path}.module.{name}") };
        out.insert("module".into(), Json::Object(module(tree, &inner, providers)));
    }
    if let Some(version) = d.content.literal_str("version") {
        out.insert("version_constraint".into(), json!(version));
    }
    depends_on(d, &mut out);
    Json::Object(out)
}

/// `count` and `for_each`.
fn repetition(d: &Declaration<'_>, out: &mut Map<String, Json>) {
    for (argument, key) in [("count", "count_expression"), ("for_each", "for_each_expression")] {
        if let Some(a) = d.content.argument(argument) {
            let shown = expression(a.expr);
            if shown != json!({}) {
                out.insert(key.into(), shown);
                return;
            }
        }
    }
}

fn depends_on(d: &Declaration<'_>, out: &mut Map<String, Json>) {
    let Some(a) = d.content.argument("depends_on") else { return };
    let ExprKind::Tuple(items) = &a.expr.unparen().kind else { return };
    let named: Vec<Json> = items.iter().filter_map(subject).map(Json::String).collect();
    if !named.is_empty() {
        out.insert("depends_on".into(), Json::Array(named));
    }
}

fn description(d: &Declaration<'_>, out: &mut Map<String, Json>) {
    if let Some(text) = d.content.literal_str("description").filter(|t| !t.is_empty()) {
        out.insert("description".into(), json!(text));
    }
}

fn flag(d: &Declaration<'_>, name: &str, out: &mut Map<String, Json>) {
    if d.content.literal_bool(name) == Some(true) {
        out.insert(name.into(), json!(true));
    }
}

/// Local name of the provider of a resource: the first word of its type unless it says otherwise.
pub fn provider_name(key: &ResourceKey, d: &Declaration<'_>) -> String {
    let address = provider_address(key, d);
    address.split('.').next().unwrap_or_default().to_owned()
}

/// Local name and alias: `aws` or `aws.west`.
pub fn provider_address(key: &ResourceKey, d: &Declaration<'_>) -> String {
    match d.content.argument("provider").and_then(|a| provider_expr(a.expr)) {
        Some(written) => written,
        None => key.kind.split('_').next().unwrap_or_default().to_owned(),
    }
}

/// `aws`, `aws.west`, or either in quotes, as older code writes it.
pub fn provider_expr(e: &Expr) -> Option<String> {
    match &e.unparen().kind {
        ExprKind::Variable(name) => Some(name.to_string()),
        ExprKind::GetAttr(inner, alias) => match &inner.kind {
            ExprKind::Variable(name) => Some(format!("{name}.{}", alias.text)),
            _ => None,
        },
        _ => e.as_literal_str().map(str::to_owned),
    }
}
