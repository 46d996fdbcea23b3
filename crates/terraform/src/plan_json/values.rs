//! A value as three trees: what is known, what is unknown, what is sensitive.
//!
//! The rules are those of Terraform: an unknown member of an object is left out, an unknown element
//! of a list becomes null; the unknown tree holds `true` at unknown leaves and shows lists and
//! objects around known ones; the sensitive tree likewise, with `[]` or `{}` for what is unknown.

use serde_json::{Map, Value as Json};
use trueline_model::{Kind, Number, Type, Value};

use trueline_provider::schema::BlockSchema;

/// Values deeper than this are shown as unknown; no provider type comes near it.
const DEPTH: usize = 100;

/// The known part of a value; none where the value itself is unknown.
pub fn known(value: &Value) -> Option<Json> {
    known_at(value, 0)
}

fn known_at(value: &Value, depth: usize) -> Option<Json> {
    if depth > DEPTH {
        return None;
    }
    Some(match &value.kind {
        Kind::Unknown(_) => return None,
        Kind::Null(_) => Json::Null,
        Kind::Bool(b) => Json::Bool(*b),
        Kind::Number(n) => number(n),
        Kind::String(s) => Json::String(s.to_string()),
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            Json::Array(items.iter().map(|v| known_at(v, depth + 1).unwrap_or(Json::Null)).collect())
        }
        Kind::Map(_, entries) | Kind::Object(entries) => {
            let members = entries.iter().filter_map(|(k, v)| Some((k.to_string(), known_at(v, depth + 1)?)));
            Json::Object(members.collect())
        }
    })
}

/// What is unknown: `true` where it is, trees around.
pub fn unknown_tree(value: &Value) -> Json {
    unknown_at(value, 0)
}

fn unknown_at(value: &Value, depth: usize) -> Json {
    if depth > DEPTH {
        return Json::Bool(true);
    }
    match &value.kind {
        Kind::Unknown(_) => Json::Bool(true),
        Kind::Null(_) | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => Json::Bool(false),
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            Json::Array(items.iter().map(|v| unknown_at(v, depth + 1)).collect())
        }
        Kind::Map(_, entries) | Kind::Object(entries) => {
            let members = entries.iter().map(|(k, v)| (k.to_string(), unknown_at(v, depth + 1)));
            Json::Object(members.filter(|(_, t)| *t != Json::Bool(false)).collect())
        }
    }
}

/// What is sensitive, by mark or by schema: `true` where it is, trees around.
pub fn sensitive_tree(value: &Value, schema: Option<&BlockSchema>) -> Json {
    sensitive_at(value, schema, 0)
}

fn sensitive_at(value: &Value, schema: Option<&BlockSchema>, depth: usize) -> Json {
    if value.is_secret() || depth > DEPTH {
        return Json::Bool(true);
    }
    match &value.kind {
        Kind::Null(_) | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => Json::Bool(false),
        Kind::Unknown(u) => match u.ty {
            Type::List(_) | Type::Set(_) | Type::Tuple(_) => Json::Array(Vec::new()),
            Type::Map(_) | Type::Object(_) => Json::Object(Map::new()),
            Type::Any | Type::Bool | Type::Number | Type::String => Json::Bool(false),
        },
        // An element of a set can't be told apart by its place: one sensitive part makes the set sensitive.
        Kind::Set(_, items) => {
            let trees: Vec<Json> = items.iter().map(|v| sensitive_at(v, schema, depth + 1)).collect();
            if trees.iter().any(holds_true) { Json::Bool(true) } else { Json::Array(trees) }
        }
        Kind::List(_, items) | Kind::Tuple(items) => {
            Json::Array(items.iter().map(|v| sensitive_at(v, schema, depth + 1)).collect())
        }
        Kind::Map(_, entries) => {
            let members = entries.iter().map(|(k, v)| (k.to_string(), sensitive_at(v, schema, depth + 1)));
            Json::Object(members.filter(|(_, t)| *t != Json::Bool(false)).collect())
        }
        Kind::Object(entries) => {
            let mut members = Map::new();
            for (name, v) in entries.iter() {
                let attribute = schema.and_then(|s| s.attributes.get(name));
                let tree = match attribute {
                    Some(a) if a.sensitive => Json::Bool(true),
                    Some(a) => sensitive_at(v, a.nested.as_deref().map(|n| &*n.object), depth + 1),
                    None => {
                        let block = schema.and_then(|s| s.blocks.get(name)).map(|b| &*b.block);
                        sensitive_at(v, block, depth + 1)
                    }
                };
                if tree != Json::Bool(false) {
                    members.insert(name.to_string(), tree);
                }
            }
            Json::Object(members)
        }
    }
}

/// True if a tree says `true` anywhere.
fn holds_true(tree: &Json) -> bool {
    match tree {
        Json::Bool(b) => *b,
        Json::Array(items) => items.iter().any(holds_true),
        Json::Object(members) => members.values().any(holds_true),
        _ => false,
    }
}

/// A number as Terraform's plan has it, which stores what fits as an integer of 64 bits (minus zero loses its sign) and
/// a fraction that fits as a double (which shows the fewest digits that tell doubles apart); any other has the digits
/// of its own precision. An infinity has no JSON.
pub fn number(n: &Number) -> Json {
    if let Some(i) = n.as_i64() {
        return i.into();
    }
    let double = Number::from_f64(n.to_f64()).filter(|d| d == n && !n.is_integer());
    exact(double.as_ref().unwrap_or(n))
}

/// A number as `configuration` has it, where nothing was stored in between.
pub fn exact(n: &Number) -> Json {
    n.to_string().parse().map_or(Json::Null, Json::Number)
}
