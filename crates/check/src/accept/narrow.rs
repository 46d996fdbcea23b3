//! Which resources a comment is about: those that the module calls it stands on make, those that have the values it names.

use trueline_model::{Kind, Plan, Resource, Value};
use trueline_terraform::Parsed;
use trueline_text::Location;

/// The `module` blocks on the way to a resource, outermost first.
pub(super) fn calls(plan: &Plan, parsed: &Parsed, resource: &Resource) -> Vec<Location> {
    let mut out = Vec::new();
    let mut dir = plan.path.clone();
    for step in &resource.address.modules {
        let Some(at) = call(parsed, &dir, &step.name) else { return out };
        out.push(at);
        let calls =
            |places: &[Location]| places.iter().any(|p| p.file == at.file && at.span.contains(p.span));
        let Some((child, _)) = plan.callers.iter().find(|(_, places)| calls(places)) else { return out };
        dir = child.clone();
    }
    out
}

/// The block of a module call in a directory.
fn call(parsed: &Parsed, dir: &str, label: &str) -> Option<Location> {
    parsed.directories.get(dir)?.iter().find_map(|file| {
        let mut blocks = parsed.trees.get(file)?.body.blocks();
        let block = blocks.find(|b| &*b.kind.text == "module" && b.label(0) == Some(label))?;
        Some(Location { file: *file, span: block.span })
    })
}

/// True if the resource has all these values, as far as they are known: dotted paths, with any element of a list.
pub(super) fn has_values(resource: Option<&Resource>, wanted: &[(String, String)]) -> bool {
    wanted.iter().all(|(path, value)| resource.is_some_and(|r| has(&r.values, path, value)))
}

fn has(root: &Value, path: &str, wanted: &str) -> bool {
    let mut at = vec![root];
    for name in path.split('.') {
        at = at.into_iter().flat_map(elements).filter_map(|v| entry(v, name)).collect();
    }
    at.into_iter().flat_map(elements).any(|v| !v.sensitive && text(v).is_some_and(|t| t == wanted))
}

/// The elements of a collection that has no names; else the value itself.
fn elements(v: &Value) -> Vec<&Value> {
    match &v.kind {
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => items.iter().collect(),
        _ => vec![v],
    }
}

fn entry<'v>(v: &'v Value, name: &str) -> Option<&'v Value> {
    match &v.kind {
        Kind::Map(_, m) | Kind::Object(m) if !v.sensitive => m.get(name),
        _ => None,
    }
}

fn text(v: &Value) -> Option<String> {
    match &v.kind {
        Kind::String(s) => Some(s.to_string()),
        Kind::Bool(b) => Some(b.to_string()),
        Kind::Number(n) => Some(n.to_string()),
        _ => None,
    }
}
