//! References as a plan's configuration writes them: `module.x["k"].out`, `aws_s3_bucket.b[0].arn`.

use serde_json::Value as Json;
use trueline_model::{Address, Key, Mode, ModuleStep, Route, Segment};

/// One step of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// `.name`
    Name(String),
    /// `[0]`, `["k"]`
    Key(Key),
}

/// The references of an expression in their longest form; a plan lists the shorter ones of each after it.
pub fn longest(expression: &Json) -> Vec<Vec<Step>> {
    let mut out: Vec<Vec<Step>> = Vec::new();
    for text in
        expression.get("references").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str)
    {
        let Some(steps) = parse(text) else { continue };
        if !out.last().is_some_and(|last| *last != steps && last.starts_with(&steps)) {
            out.push(steps);
        }
    }
    out
}

/// The name at this place.
pub fn name(steps: &[Step], at: usize) -> Option<&str> {
    match steps.get(at)? {
        Step::Name(n) => Some(n),
        Step::Key(_) => None,
    }
}

/// The resource or data source of the module at `path` that is referred to, and its attribute.
pub fn resource(steps: &[Step], path: &str) -> Option<(Address, Route)> {
    let (mode, at) = match name(steps, 0)? {
        "data" => (Mode::Data, 1),
        _ => (Mode::Managed, 0),
    };
    let (kind, label) = (name(steps, at)?, name(steps, at + 1)?);
    let (key, rest) = match steps.get(at + 2) {
        Some(Step::Key(k)) => (Some(k.clone()), at + 3),
        _ => (None, at + 2),
    };
    let modules =
        path.split(".module.").map(|m| m.strip_prefix("module.").unwrap_or(m)).filter(|m| !m.is_empty());
    let modules = modules.map(|m| ModuleStep { name: m.into(), key: None }).collect();
    Some((Address { modules, mode, kind: kind.into(), name: label.into(), key }, route(steps, rest)))
}

/// The steps from `from` on as a route.
pub fn route(steps: &[Step], from: usize) -> Route {
    let segment = |s: &Step| match s {
        Step::Name(n) => Some(Segment::Name(n.as_str().into())),
        Step::Key(Key::Name(n)) => Some(Segment::Name(n.clone())),
        Step::Key(Key::Index(i)) => u32::try_from(*i).ok().map(Segment::Index),
        Step::Key(Key::Any) => None,
    };
    Route(steps.iter().skip(from).map_while(segment).collect())
}

fn parse(text: &str) -> Option<Vec<Step>> {
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[') {
            let mut values = serde_json::Deserializer::from_str(inner).into_iter::<Json>();
            let key = match values.next()?.ok()? {
                Json::String(s) => Key::Name(s.into()),
                Json::Number(n) => Key::Index(n.as_u64()?),
                _ => return None,
            };
            rest = inner.get(values.byte_offset()..)?.strip_prefix(']')?;
            out.push(Step::Key(key));
        } else {
            let inner = rest.strip_prefix('.').unwrap_or(rest);
            let (name, after) = inner.split_at_checked(inner.find(['.', '[']).unwrap_or(inner.len()))?;
            if name.is_empty() {
                return None;
            }
            out.push(Step::Name(name.to_owned()));
            rest = after;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_taken_apart_and_shorter_forms_dropped() {
        let list = serde_json::json!({ "references": [
            "module.m[\"a.b\"].out.x", "module.m[\"a.b\"].out", "module.m[\"a.b\"]",
            "aws_s3_bucket.b[0].arn", "aws_s3_bucket.b[0]", "aws_s3_bucket.b",
            "aws_s3_bucket.b.id", "aws_s3_bucket.b",
            "each.value",
        ]});
        let all = longest(&list);
        assert_eq!(all.len(), 4);
        assert_eq!(all[0][2], Step::Key(Key::Name("a.b".into())));
        let (address, attribute) = resource(&all[1], "module.x.module.y").unwrap();
        assert_eq!(address.to_string(), "module.x.module.y.aws_s3_bucket.b[0]");
        assert_eq!(attribute.to_string(), "arn");
        assert_eq!(
            resource(&all[3], "").unwrap().0.to_string(),
            "each.value",
            "callers look at the root first"
        );
    }
}
