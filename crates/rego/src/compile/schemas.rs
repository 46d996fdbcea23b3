//! What the field `schemas` of an annotation says: which part of `input` or `data` is of which schema.

use serde_json::{Map, Value as Json};

use crate::syntax::{Expr, ExprKind, TermKind};
use crate::{Value, Version, parser};

/// A part of a document, and what it is.
pub(crate) struct Typed {
    /// `input` or `data`, and the steps below it.
    pub(crate) path: Vec<Value>,
    pub(crate) schema: Meant,
}

/// The schema that is meant.
pub(crate) enum Meant {
    /// One of the caller's: `schema`, and the steps below it.
    Named(Vec<Value>),
    Inline(Value),
}

/// Reads the field; also returns it in the shape that OPA shows.
pub(crate) fn read(field: &Json) -> Result<(Vec<Typed>, Json), String> {
    let Json::Array(items) = field else { return Err("invalid METADATA field: must be a list".to_string()) };
    let (mut typed, mut shown) = (Vec::with_capacity(items.len()), Vec::with_capacity(items.len()));
    for item in items {
        let Json::Object(entries) = item else {
            return Err("invalid schema declaration: must be a mapping".to_string());
        };
        let (place, schema) = entries.iter().next().ok_or("invalid document reference")?;
        let path = path(place).ok_or("invalid document reference")?;
        let mut entry = Map::new();
        entry.insert("path".to_string(), json(&path));
        let schema = match schema {
            Json::String(name) => {
                let named = self::path(name).filter(|path| path.first() == Some(&Value::from("schema")));
                let named = named.ok_or("invalid schema reference")?;
                entry.insert("schema".to_string(), json(&named));
                Meant::Named(named)
            }
            Json::Object(_) => {
                entry.insert("definition".to_string(), schema.clone());
                Meant::Inline(Value::from(schema))
            }
            _ => return Err(format!("invalid schema declaration for path \"{place}\"")),
        };
        typed.push(Typed { path, schema });
        shown.push(Json::Object(entry));
    }
    Ok((typed, Json::Array(shown)))
}

fn json(path: &[Value]) -> Json {
    let json = |step: &Value| serde_json::from_str(&step.to_json_string()).unwrap_or(Json::Null);
    path.iter().map(json).collect()
}

/// Takes a text such as `input.a["b-c"]` as the steps of a reference.
fn path(text: &str) -> Option<Vec<Value>> {
    let body = parser::parse_query(text, Version::V1).ok()?;
    let [Expr { kind: ExprKind::Term(term), negated: false, with, .. }] = body.as_ref() else {
        return None;
    };
    let (first, rest) = match &term.kind {
        TermKind::Var(name) if matches!(name.as_ref(), "input" | "data" | "schema") => (name, [].as_slice()),
        TermKind::Ref(steps) => {
            let (first, rest) = steps.split_first()?;
            (first.as_var()?, rest)
        }
        _ => return None,
    };
    let step = |step: &crate::syntax::Term| match &step.kind {
        TermKind::String(text) => Some(Value::String(text.clone())),
        TermKind::Number(number) => Some(Value::Number(number.clone())),
        TermKind::Bool(flag) => Some(Value::Bool(*flag)),
        _ => None,
    };
    let steps = std::iter::once(Some(Value::String(first.clone()))).chain(rest.iter().map(step));
    steps.collect::<Option<_>>().filter(|_| with.is_empty())
}
