//! The JSON Schema of `trueline.toml`, made from the key table.

use serde_json::{Map, Value as Json, json};

use super::keys::ROOT;
use super::shape::{Key, Shape};

/// The JSON Schema (draft 2020-12) that editors use for `trueline.toml`.
pub fn json_schema() -> Json {
    let mut schema = table(ROOT);
    if let Json::Object(o) = &mut schema {
        o.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
        o.insert("title".into(), json!("trueline.toml"));
    }
    schema
}

fn table(keys: &[Key]) -> Json {
    let mut properties = Map::new();
    for k in keys {
        let mut s = shape(&k.shape);
        if let Json::Object(o) = &mut s {
            o.insert("description".into(), json!(k.doc));
        }
        properties.insert(k.name.into(), s);
    }
    let required: Vec<&str> = keys.iter().filter(|k| k.required).map(|k| k.name).collect();
    let mut out = json!({"type": "object", "properties": properties, "additionalProperties": false});
    if let (false, Json::Object(o)) = (required.is_empty(), &mut out) {
        o.insert("required".into(), json!(required));
    }
    out
}

fn shape(s: &Shape) -> Json {
    match s {
        Shape::Text => json!({"type": "string"}),
        Shape::Bool => json!({"type": "boolean"}),
        Shape::Whole(min) => json!({"type": "integer", "minimum": min}),
        Shape::Date => json!({"type": "string", "format": "date"}),
        Shape::Word(words) => json!({"enum": words}),
        Shape::List(of) => json!({"type": "array", "items": shape(of)}),
        Shape::Map(of) => json!({"type": "object", "additionalProperties": shape(of)}),
        Shape::Table(keys) => table(keys),
        Shape::Regional(of) => json!({"anyOf": [shape(of), {
            "type": "object",
            "patternProperties": {"^[a-z]{2}(-[a-z]+)+-[0-9]+$": shape(of)},
            "additionalProperties": false,
        }]}),
        Shape::OneOf(all) => json!({"anyOf": all.iter().map(shape).collect::<Vec<_>>()}),
        Shape::Any => json!({}),
    }
}
