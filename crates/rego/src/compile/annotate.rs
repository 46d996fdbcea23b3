//! Which `# METADATA` block belongs to which package or rule, and whether it says something valid.

use std::collections::HashMap;

use serde_json::{Map, Value as Json, json};

use crate::parser::{Block, blocks};
use crate::{Annotation, Value};

use super::Wrong;
use super::error::Problem;
use super::read::Source;
use super::schemas::{self, Typed};

#[derive(Default)]
pub(crate) struct Annotations {
    all: Vec<Option<Annotation>>,
    // Places in the list of all:
    /// By file, with the index of the rule.
    rules: Vec<Vec<(usize, usize)>>,
    /// With scope `document`, by path of the rule.
    documents: HashMap<Vec<Value>, Vec<usize>>,
    /// By file.
    packages: Vec<Vec<usize>>,
    /// By path of the package.
    paths: HashMap<Vec<Value>, Vec<usize>>,
    /// What they say about types.
    typed: HashMap<usize, Vec<Typed>>,
}

const FIELDS: &[&str] = &[
    "scope",
    "title",
    "description",
    "organizations",
    "related_resources",
    "authors",
    "schemas",
    "entrypoint",
    "custom",
    "compile",
];

pub(crate) fn annotate(sources: &mut [Source], wrong: &mut Wrong) -> Annotations {
    let mut all = Annotations::default();
    for (file, source) in sources.iter_mut().enumerate() {
        let comments = std::mem::take(&mut source.module.comments);
        for block in blocks(&comments, &source.text) {
            let at = block.at;
            if let Err(message) = all.attach(file, source, block) {
                wrong.push(file, Problem { code: "rego_parse_error", at, message, details: Vec::new() });
            }
        }
    }
    all
}

impl Annotations {
    fn attach(&mut self, file: usize, source: &Source, block: Block) -> Result<(), String> {
        if let Some(error) = block.error {
            return Err(error);
        }
        let module = &source.module;
        let on_package = source.line(module.package_at.start) > block.last_line;
        // Rules stand in the order of the file.
        let rule = module.rules.partition_point(|rule| rule.at.start <= block.at.start);
        let rule = Some(rule).filter(|rule| *rule < module.rules.len());
        let default_scope = if on_package { "package" } else { "rule" };
        let scope = block.json.get("scope").and_then(Json::as_str).unwrap_or(default_scope).to_string();
        let mut json = block.json;
        let schemas = json.get("schemas").map(schemas::read).transpose()?;
        let typed = schemas.map(|(typed, shown)| {
            if let Some(field) = json.get_mut("schemas") {
                *field = shown;
            }
            typed
        });
        let annotation = Annotation {
            json: normalize(json, &scope)?,
            scope: scope.clone(),
            file: source.path.clone(),
            line: block.line,
        };
        let at = self.all.len();
        match (scope.as_str(), on_package, rule) {
            ("package" | "subpackages", true, _) => {
                let package = module.package.iter().map(|name| Value::String(name.clone())).collect();
                self.paths.entry(package).or_default().push(at);
                self.add_to_package(file, at);
            }
            ("package" | "subpackages", false, _) => {
                return Err(format!("annotation scope '{scope}' must be applied to package"));
            }
            ("rule", false, Some(rule)) => self.add_to_rule(file, rule, at),
            ("document", false, Some(rule)) => {
                if let Some(head) = module.rules.get(rule).map(|rule| &rule.head) {
                    let path = super::tree::path(module, head);
                    self.documents.entry(path).or_default().push(at);
                    self.add_to_rule(file, rule, at);
                }
            }
            ("rule" | "document", true, _) => {
                return Err(format!("annotation scope '{scope}' must be applied to rule"));
            }
            ("rule" | "document", false, None) => {}
            _ => return Err(format!("invalid annotation scope '{scope}'")),
        }
        self.all.push(Some(annotation));
        if let Some(typed) = typed {
            self.typed.insert(at, typed);
        }
        Ok(())
    }

    /// Tells whether any annotation says something about types.
    pub(crate) fn has_schemas(&self) -> bool {
        !self.typed.is_empty()
    }

    /// Returns what is said about types in a rule, from the widest scope to the narrowest.
    pub(crate) fn schemas(
        &self,
        file: usize,
        rule: Option<usize>,
        package: &[crate::syntax::Name],
        path: &[Value],
    ) -> impl Iterator<Item = &Typed> {
        let of = |places: Option<&Vec<usize>>, scope: &str| {
            let of_scope = |at: &&usize| {
                let annotation = self.all.get(**at).and_then(Option::as_ref);
                annotation.is_some_and(|annotation| annotation.scope == scope)
            };
            places.into_iter().flatten().filter(of_scope).copied().collect::<Vec<usize>>()
        };
        let package: Vec<Value> = package.iter().map(|name| Value::String(name.clone())).collect();
        let mut places = Vec::new();
        for length in 0..=package.len() {
            let above = package.get(..length).unwrap_or_default();
            places.extend(of(self.paths.get(above), "subpackages"));
        }
        places.extend(of(self.paths.get(&package), "package"));
        places.extend(of(self.documents.get(path), "document"));
        let own = self.rules.get(file).into_iter().flatten().filter(|(of, _)| Some(*of) == rule);
        places.extend(of(Some(&own.map(|(_, at)| *at).collect()), "rule"));
        places.into_iter().filter_map(|at| self.typed.get(&at)).flatten()
    }

    /// Takes the annotations of the package in a file.
    pub(crate) fn take_package(&mut self, file: usize) -> Vec<Annotation> {
        let places = self.packages.get_mut(file).map(std::mem::take).unwrap_or_default();
        places.into_iter().filter_map(|at| self.all.get_mut(at)?.take()).collect()
    }

    /// Takes the annotations of rules in a file, each with the index of the rule.
    pub(crate) fn take_rules(&mut self, file: usize) -> Vec<(usize, Annotation)> {
        let places = self.rules.get_mut(file).map(std::mem::take).unwrap_or_default();
        places.into_iter().filter_map(|(rule, at)| Some((rule, self.all.get_mut(at)?.take()?))).collect()
    }

    fn add_to_package(&mut self, file: usize, at: usize) {
        if self.packages.len() <= file {
            self.packages.resize_with(file + 1, Vec::new);
        }
        if let Some(packages) = self.packages.get_mut(file) {
            packages.push(at);
        }
    }

    fn add_to_rule(&mut self, file: usize, rule: usize, at: usize) {
        if self.rules.len() <= file {
            self.rules.resize_with(file + 1, Vec::new);
        }
        if let Some(rules) = self.rules.get_mut(file) {
            rules.push((rule, at));
        }
    }

    fn at<'a>(&'a self, places: Option<&'a Vec<usize>>) -> impl Iterator<Item = &'a Annotation> {
        places.into_iter().flatten().filter_map(|at| self.all.get(*at)?.as_ref())
    }

    /// Returns what `rego.metadata.chain()` and `rego.metadata.rule()` say in a rule.
    pub(crate) fn metadata(
        &self,
        file: usize,
        rule: usize,
        package: &[crate::syntax::Name],
        path: &[Value],
    ) -> (Value, Value) {
        let shown = |annotation: &Annotation, path: &[Value]| {
            let annotations = Value::from(&annotation.json);
            Value::object(vec![
                ("annotations".into(), annotations),
                ("path".into(), Value::array(path.to_vec())),
            ])
        };
        let own = |annotation: &&Annotation| annotation.scope == "rule";
        let places = self.rules.get(file).into_iter().flatten().filter(|(of, _)| *of == rule);
        let of_rule: Vec<&Annotation> =
            places.filter_map(|(_, at)| self.all.get(*at)?.as_ref()).filter(own).collect();
        let mut chain: Vec<Value> = of_rule.iter().map(|annotation| shown(annotation, path)).collect();
        if chain.is_empty() {
            chain.push(Value::object(vec![("path".into(), Value::array(path.to_vec()))]));
        }
        for annotation in self.at(self.documents.get(path)) {
            chain.push(shown(annotation, path));
        }
        if chain.len() > 1 && of_rule.is_empty() {
            chain.remove(0);
        }
        let package: Vec<Value> = package.iter().map(|name| Value::String(name.clone())).collect();
        let of = |scope: &'static str, path: &[Value]| {
            self.at(self.paths.get(path)).filter(move |annotation| annotation.scope == scope)
        };
        chain.extend(of("package", &package).map(|annotation| shown(annotation, &package)));
        for length in (0..=package.len()).rev() {
            let above = package.get(..length).unwrap_or_default();
            chain.extend(of("subpackages", above).map(|annotation| shown(annotation, above)));
        }
        let own = of_rule.last().map_or_else(Value::empty_object, |annotation| Value::from(&annotation.json));
        (Value::array(chain), own)
    }
}

/// Brings the fields into the shape that OPA shows, and refuses wrong ones.
fn normalize(json: Json, scope: &str) -> Result<Json, String> {
    let mut out = Map::new();
    let Json::Object(fields) = json else { return Ok(json) };
    for (key, value) in fields {
        if !FIELDS.contains(&key.as_str()) {
            return Err(format!("unknown METADATA field '{key}'"));
        }
        let value = match key.as_str() {
            "authors" => list(&value, author)?,
            "related_resources" => list(&value, resource)?,
            "entrypoint" if !value.is_boolean() => {
                return Err("invalid entrypoint: must be a boolean".to_string());
            }
            "title" | "description" if !value.is_string() => match value {
                Json::Number(_) | Json::Bool(_) => Json::String(value.to_string()),
                _ => return Err(format!("invalid {key}: must be a string")),
            },
            "custom" if !value.is_object() => return Err("invalid custom: must be a mapping".to_string()),
            _ => value,
        };
        out.insert(key, value);
    }
    out.insert("scope".to_string(), Json::String(scope.to_string()));
    Ok(Json::Object(out))
}

fn list(value: &Json, each: fn(&Json) -> Result<Json, String>) -> Result<Json, String> {
    match value {
        Json::Array(items) => items.iter().map(each).collect::<Result<Vec<_>, _>>().map(Json::Array),
        _ => Err("invalid METADATA field: must be a list".to_string()),
    }
}

fn author(value: &Json) -> Result<Json, String> {
    let Json::String(text) = value else { return Ok(value.clone()) };
    let text = text.trim();
    if text.is_empty() {
        return Err("author is an empty string".to_string());
    }
    let Some((name, email)) =
        text.rsplit_once('<').and_then(|(name, rest)| Some((name, rest.strip_suffix('>')?)))
    else {
        return Ok(json!({ "name": text }));
    };
    let mut author = Map::new();
    if !name.trim().is_empty() {
        author.insert("name".to_string(), json!(name.trim()));
    }
    author.insert("email".to_string(), json!(email));
    Ok(Json::Object(author))
}

fn resource(value: &Json) -> Result<Json, String> {
    match value {
        Json::String(url) if url.is_empty() => Err("ref URL may not be empty string".to_string()),
        Json::String(url) => Ok(json!({ "ref": url })),
        other => Ok(other.clone()),
    }
}
