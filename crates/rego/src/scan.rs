//! The temporary reader of packages, rules and annotations by lines, until the parser of this crate takes over.

use std::collections::BTreeMap;

use crate::{Annotation, Package, PolicyFile, Rule, RuleKind};

pub(crate) fn packages(files: &[PolicyFile]) -> Vec<Package> {
    let mut packages: BTreeMap<String, Package> = BTreeMap::new();
    for file in files {
        let mut pending: Vec<Annotation> = Vec::new();
        let mut block: Option<(usize, String)> = None;
        let mut path = String::new();
        for (at, line) in file.source.lines().enumerate() {
            if let Some(comment) = line.strip_prefix('#') {
                match &mut block {
                    Some((_, text)) => {
                        text.push_str(comment.strip_prefix(' ').unwrap_or(comment));
                        text.push('\n');
                    }
                    None if comment.trim() == "METADATA" => block = Some((at + 1, String::new())),
                    None => {}
                }
                continue;
            }
            if let Some((line, text)) = block.take() {
                pending.extend(annotation(file, line, &text));
            }
            if let Some(rest) = line.strip_prefix("package ") {
                let name = rest.split('#').next().unwrap_or_default().trim();
                path = format!("data.{name}");
                packages.entry(path.clone()).or_insert_with(|| Package {
                    path: path.clone(),
                    file: file.path.clone(),
                    line: at + 1,
                    annotations: Vec::new(),
                    rules: Vec::new(),
                });
                if let Some(package) = packages.get_mut(&path) {
                    for mut annotation in pending.drain(..) {
                        if annotation.json.get("scope").is_none() {
                            annotation.scope = "package".to_string();
                        }
                        package.annotations.push(annotation);
                    }
                }
                continue;
            }
            let Some(package) = packages.get_mut(&path) else { continue };
            if let Some((name, kind, bodies)) = head(line) {
                let annotations = std::mem::take(&mut pending);
                match package.rules.iter_mut().find(|rule| rule.name == name) {
                    Some(rule) => {
                        rule.bodies += bodies;
                        rule.annotations.extend(annotations);
                    }
                    None => package.rules.push(Rule {
                        name,
                        kind,
                        bodies,
                        file: file.path.clone(),
                        line: at + 1,
                        column: 1,
                        annotations,
                    }),
                }
            }
        }
    }
    for package in packages.values_mut() {
        package.rules.sort_by(|a, b| a.name.cmp(&b.name));
    }
    packages.into_values().collect()
}

fn head(line: &str) -> Option<(String, RuleKind, usize)> {
    let (default, line) = match line.strip_prefix("default ") {
        Some(rest) => (true, rest),
        None => (false, line),
    };
    let end = line.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(line.len());
    let (name, rest) = line.split_at_checked(end)?;
    if name.is_empty() || name == "import" || name.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let tail = rest.trim_start();
    let kind = if tail.starts_with("contains ") {
        RuleKind::PartialSet
    } else if rest.starts_with('(') {
        RuleKind::Function
    } else if rest.starts_with('[') {
        let after = tail.split_once(']').map(|(_, after)| after.trim_start()).unwrap_or_default();
        if after.starts_with('=') || after.starts_with(":=") { RuleKind::PartialObject } else { RuleKind::PartialSet }
    } else {
        RuleKind::Complete
    };
    Some((name.to_string(), kind, usize::from(!default)))
}

fn annotation(file: &PolicyFile, line: usize, text: &str) -> Option<Annotation> {
    let json: serde_json::Value = serde_saphyr::from_str(text).ok()?;
    let scope = json.get("scope").and_then(|scope| scope.as_str()).unwrap_or("rule").to_string();
    Some(Annotation { scope, json, file: file.path.clone(), line })
}
