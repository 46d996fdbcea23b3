//! Documents given as JSON: `source_policy_documents` and `override_policy_documents`.
//!
//! Read as the provider reads them, by Go's rules: member names in any case, unknown members
//! dropped, nothing sorted but lists of principals.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;
use trueline_model::{Kind, Number, Origin, Value, Via};

use super::blocks::descending;
use super::statement::{Document, MEMBERS, Statement};

/// Deepest nesting of what a statement holds.
const DEPTH: usize = 64;

/// Reads one document; none for an empty string. What is not known makes one unknown statement.
pub fn read(given: &Value) -> Result<Option<Document>, String> {
    let parsed;
    let value = match (&given.document, &given.kind) {
        (Some(d), _) => &**d,
        (None, Kind::String(s)) if s.is_empty() => return Ok(None),
        (None, Kind::String(s)) => {
            let json: Json = serde_json::from_str(s).map_err(|e| format!("it is no JSON: {e}"))?;
            parsed = from_json(&json, given, 0)?;
            &parsed
        }
        (None, Kind::Unknown(_)) => {
            let statements = vec![Statement::Unknown(given.clone())];
            return Ok(Some(Document { statements, ..Document::default() }));
        }
        (None, Kind::Null(_)) => return Ok(None),
        _ => return Err("it is no string".into()),
    };
    let Some(members) = value.as_entries() else {
        return Err("it is no JSON object".into());
    };
    let mut out = Document::default();
    for (name, v) in members {
        if name.eq_ignore_ascii_case("Version") {
            out.version = text("Version", v)?;
        } else if name.eq_ignore_ascii_case("Id") {
            out.id = text("Id", v)?;
        } else if name.eq_ignore_ascii_case("Statement") {
            match (&v.kind, v.as_items()) {
                (Kind::Null(_), _) => {}
                (Kind::Unknown(_), _) => out.statements.push(Statement::Unknown(v.clone())),
                (_, Some(items)) => {
                    for item in items {
                        out.statements.push(statement(item)?);
                    }
                }
                _ => return Err("`Statement` is no list".into()),
            }
        }
    }
    Ok(Some(out))
}

fn statement(v: &Value) -> Result<Statement, String> {
    if v.is_unknown() {
        return Ok(Statement::Unknown(v.clone()));
    }
    let entries = v.as_entries().ok_or("a statement is no object")?;
    let mut members = BTreeMap::new();
    for (given, v) in entries {
        let Some(name) = MEMBERS.into_iter().find(|m| m.eq_ignore_ascii_case(given)) else { continue };
        let read = match name {
            "Sid" | "Effect" => text(name, v)?,
            "Principal" | "NotPrincipal" => principals(name, v)?,
            "Condition" => conditions(v)?,
            _ => (!v.is_null()).then(|| v.clone()),
        };
        if let Some(v) = read {
            members.insert(name, v);
        }
    }
    Ok(Statement::Known { members, origin: v.origin.clone() })
}

/// A string member; an empty one is as good as none.
fn text(name: &str, v: &Value) -> Result<Option<Value>, String> {
    match &v.kind {
        Kind::Null(_) => Ok(None),
        Kind::String(s) => Ok((!s.is_empty()).then(|| v.clone())),
        Kind::Unknown(_) => Ok(Some(v.clone())),
        _ => Err(format!("`{name}` is no string")),
    }
}

fn principals(name: &str, v: &Value) -> Result<Option<Value>, String> {
    let star = |from: &Value| Value { kind: Kind::String("*".into()), ..from.clone() };
    let entries = match (&v.kind, v.as_entries()) {
        (Kind::Unknown(_), _) => return Ok(Some(v.clone())),
        // Any string means everyone to the provider.
        (Kind::String(_), _) => return Ok(Some(star(v))),
        (_, Some(entries)) => entries,
        _ => return Err(format!("`{name}` is neither a string nor an object")),
    };
    let mut out = BTreeMap::new();
    for (kind, ids) in entries {
        let ids = match (&ids.kind, ids.as_items()) {
            (Kind::String(_) | Kind::Unknown(_), _) => ids.clone(),
            (_, Some(items)) if items.iter().all(is_text) => {
                let mut items = items.to_vec();
                descending(&mut items);
                Value { kind: Kind::Tuple(Arc::new(items)), ..ids.clone() }
            }
            _ => return Err(format!("`{name}.{kind}` is neither a string nor a list of strings")),
        };
        out.insert(kind.clone(), ids);
    }
    if out.is_empty() {
        return Ok(None);
    }
    if let (1, Some(only)) = (out.len(), out.get("*")) {
        let single = match only.as_items() {
            Some([one]) => one,
            _ => only,
        };
        if single.as_str() == Some("*") {
            return Ok(Some(star(single)));
        }
    }
    Ok(Some(Value { kind: Kind::Object(Arc::new(out)), ..v.clone() }))
}

fn conditions(v: &Value) -> Result<Option<Value>, String> {
    if v.is_unknown() {
        return Ok(Some(v.clone()));
    }
    let tests = v.as_entries().ok_or("`Condition` is no object")?;
    for (test, variables) in tests {
        if variables.is_unknown() {
            continue;
        }
        let variables = variables.as_entries().ok_or_else(|| format!("`Condition.{test}` is no object"))?;
        for (variable, values) in variables {
            let fine = is_text(values) || values.as_items().is_some_and(|items| items.iter().all(is_text));
            if !fine {
                return Err(format!(
                    "`Condition.{test}.{variable}` is neither a string nor a list of strings"
                ));
            }
        }
    }
    Ok((!tests.is_empty()).then(|| v.clone()))
}

/// A string, known or not.
const fn is_text(v: &Value) -> bool {
    matches!(v.kind, Kind::String(_) | Kind::Unknown(_))
}

/// A JSON value whose parts come from the string that holds it.
fn from_json(json: &Json, holder: &Value, depth: usize) -> Result<Value, String> {
    if depth > DEPTH {
        return Err(format!("it is nested deeper than {DEPTH} levels"));
    }
    let kind = match json {
        Json::Null => Kind::Null(trueline_model::Type::Any),
        Json::Bool(b) => Kind::Bool(*b),
        Json::Number(n) => {
            Kind::Number(n.to_string().parse::<Number>().map_err(|_| format!("`{n}` is out of range"))?)
        }
        Json::String(s) => Kind::String(s.as_str().into()),
        Json::Array(items) => {
            let items: Result<Vec<_>, _> = items.iter().map(|i| from_json(i, holder, depth + 1)).collect();
            Kind::Tuple(Arc::new(items?))
        }
        Json::Object(members) => {
            let mut out = BTreeMap::new();
            for (k, v) in members {
                out.insert(k.as_str().into(), from_json(v, holder, depth + 1)?);
            }
            Kind::Object(Arc::new(out))
        }
    };
    let origin = holder.origin.as_ref().map(|o| Origin::step(o.at, Via::Document, Some(o.clone())));
    Ok(Value { kind, sensitive: holder.sensitive, ephemeral: holder.ephemeral, origin, document: None })
}
