//! `provider_config`, and which of its entries a resource uses.
//!
//! Terraform names an entry by module and local name (`aws.west`, `module.x:aws`). An entry of a
//! child module that only passes on what the parent has is replaced by the parent's.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};
use trueline_hcl::{ExprKind, ObjectKey};

use super::configuration::{provider_expr, provider_name};
use super::expressions::expressions;
use crate::content::Declaration;
use crate::module::ModuleConfig;
use crate::parts::ModuleTree;
use trueline_provider::schema;

/// All provider configurations of a tree of modules.
#[derive(Default)]
pub struct Providers {
    entries: BTreeMap<String, Entry>,
}

struct Entry {
    source: Arc<str>,
    json: Map<String, Json>,
    /// Key of the entry of the parent that this one stands for.
    parent: Option<String>,
}

impl Providers {
    /// Collects them.
    pub fn of(root: &ModuleTree<'_>) -> Self {
        let mut out = Self::default();
        out.collect(root, "", None);
        out
    }

    /// The entries as JSON, without those that stand for a parent's.
    pub fn shown(&self) -> Map<String, Json> {
        let own = self.entries.iter().filter(|(_, e)| e.parent.is_none());
        own.map(|(k, e)| (k.clone(), Json::Object(e.json.clone()))).collect()
    }

    /// Key of the entry that `address` (`aws`, `aws.west`) means in the module at `path`.
    pub fn key_of(&self, path: &str, address: &str) -> String {
        let key = key(path, address);
        match self.entries.get(&key) {
            Some(Entry { parent: Some(p), .. }) => p.clone(),
            _ => key,
        }
    }

    /// As deep as modules are nested.
    fn collect(&mut self, tree: &ModuleTree<'_>, path: &str, parent: Option<&str>) {
        let config = &*tree.config;
        for p in &config.providers {
            let source = config.provider_source(&p.name);
            let mut json = head(&p.name, &source, path);
            if let Some(v) = version(config, &p.name) {
                json.insert("version_constraint".into(), json!(v));
            }
            let mut address = p.name.to_string();
            if let Some(alias) = &p.alias {
                json.insert("alias".into(), json!(&**alias));
                address = format!("{address}.{alias}");
            }
            let schema = schema::provider(&source).and_then(schema::Provider::provider_config);
            let found = expressions(&p.declaration.content, schema.as_deref(), &["alias", "version"]);
            if !found.is_empty() {
                json.insert("expressions".into(), Json::Object(found));
            }
            self.entries.insert(key(path, &address), Entry { source, json, parent: None });
        }
        let used = config.resources.iter().map(|(k, d)| Arc::from(provider_name(k, d)));
        let names: BTreeSet<Arc<str>> = config.required_providers.keys().cloned().chain(used).collect();
        for name in names {
            if self.entries.contains_key(&key(path, &name)) {
                continue;
            }
            let source = config.provider_source(&name);
            let mut json = head(&name, &source, path);
            if let Some(v) = version(config, &name) {
                json.insert("version_constraint".into(), json!(v));
            }
            let parent = parent.and_then(|p| self.source_of(&key(p, &name), &source));
            self.entries.insert(key(path, &name), Entry { source, json, parent });
        }
        for (name, below) in &tree.calls {
            let inner =
                if path.is_empty() { format!("module.{name}") } else { format!("{path}.module.{name}") };
            let passed = config.calls.get(name).map(passed).unwrap_or_default();
            for (in_child, in_parent) in passed {
                let local = in_child.split('.').next().unwrap_or_default();
                let source = below.config.provider_source(local);
                let json = head(&in_child, &source, &inner);
                let parent = self.source_of(&key(path, &in_parent), &source);
                self.entries.insert(key(&inner, &in_child), Entry { source, json, parent });
            }
            self.collect(below, &inner, Some(path));
        }
    }

    /// The entry that `start` in the end stands for.
    fn source_of(&self, start: &str, source: &str) -> Option<String> {
        let mut found = None;
        let mut at = Some(start.to_owned());
        while let Some(key) = at {
            let Some(entry) = self.entries.get(&key).filter(|e| *e.source == *source) else { break };
            at = entry.parent.clone();
            found = Some(key);
        }
        found
    }
}

/// The `providers` argument of a call: name in the child, name in the parent.
fn passed(d: &Declaration<'_>) -> Vec<(String, String)> {
    let Some(a) = d.content.argument("providers") else { return Vec::new() };
    let ExprKind::Object(items) = &a.expr.unparen().kind else { return Vec::new() };
    let pair = |key: &ObjectKey| match key {
        ObjectKey::Name(n) => Some(n.text.to_string()),
        ObjectKey::Expr(e) => provider_expr(e),
    };
    items.iter().filter_map(|i| Some((pair(&i.key)?, provider_expr(&i.value)?))).collect()
}

fn key(path: &str, address: &str) -> String {
    if path.is_empty() { address.to_owned() } else { format!("{path}:{address}") }
}

fn head(name: &str, source: &str, path: &str) -> Map<String, Json> {
    let mut out = Map::new();
    out.insert("name".into(), json!(name));
    out.insert("full_name".into(), json!(source));
    if !path.is_empty() {
        out.insert("module_address".into(), json!(path));
    }
    out
}

fn version(config: &ModuleConfig<'_>, name: &str) -> Option<String> {
    Some(constraint(config.required_providers.get(name)?.version.as_deref()?))
}

/// A version constraint as Terraform writes it back: `>=5.0` is `>= 5.0.0`, the parts in order of version.
fn constraint(text: &str) -> String {
    let mut parts: Vec<(Vec<u64>, String)> = Vec::new();
    for part in text.split(',') {
        let part = part.trim();
        let digits = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
        let (operator, version) = part.split_at_checked(digits).unwrap_or((part, ""));
        let (numbers, rest) = version
            .find(['-', '+'])
            .map_or((version, ""), |i| version.split_at_checked(i).unwrap_or((version, "")));
        let mut segments: Vec<u64> = numbers.split('.').filter_map(|n| n.parse().ok()).collect();
        let shown = match operator.trim() {
            "~>" if segments.len() < 3 => 2,
            _ => 3,
        };
        segments.resize(3, 0);
        let number: Vec<String> = segments.iter().take(shown).map(u64::to_string).collect();
        let sign = match operator.trim() {
            "" | "=" => String::new(),
            o => format!("{o} "),
        };
        parts.push((segments, format!("{sign}{}{rest}", number.join("."))));
    }
    parts.sort_by(|a, b| a.0.cmp(&b.0));
    parts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::constraint;

    #[test]
    fn constraints_are_written_as_terraform_writes_them() {
        for (from, to) in [
            ("~> 5.0", "~> 5.0"),
            ("~>5", "~> 5.0"),
            ("~> 5.1.2", "~> 5.1.2"),
            (">= 5.0", ">= 5.0.0"),
            ("< 6, >= 5.30.0", ">= 5.30.0, < 6.0.0"),
            ("= 5.1", "5.1.0"),
            ("5.100.0", "5.100.0"),
        ] {
            assert_eq!(constraint(from), to);
        }
    }
}
