//! What makes a JSON Schema one: the shapes of its keywords.

use crate::Value;
use crate::builtins::{Failure, Host, regex};

use super::MAX_NESTING;

const TYPES: &[&str] = &["array", "boolean", "integer", "number", "null", "object", "string"];

/// Keywords whose value is a list.
const LISTS: &[&str] = &["required", "enum", "allOf", "anyOf", "oneOf"];
const NUMBERS: &[&str] = &["minimum", "maximum", "multipleOf"];
/// Keywords whose value is a length.
const LENGTHS: &[&str] =
    &["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];

/// Returns what is wrong with a schema.
pub(super) fn well_formed(host: &mut Host, schema: &Value, depth: usize) -> Result<Option<String>, Failure> {
    host.tick(1)?;
    if depth > MAX_NESTING {
        return Ok(Some("schema nests too deeply".to_string()));
    }
    let object = match schema {
        Value::Bool(_) => return Ok(None),
        Value::Object(object) => object,
        _ if depth == 0 => return Ok(Some("schema is invalid".to_string())),
        _ => return Ok(Some("Expected: Valid Schema, given: Invalid JSON".to_string())),
    };
    if let Some(problem) = object.get_str("type").and_then(types).or_else(|| keywords(schema)) {
        return Ok(Some(problem));
    }
    if let Some(pattern) = object.get_str("pattern").and_then(Value::as_str)
        && let Err(Failure::Error(_)) = regex::cached(host, pattern)
    {
        return Ok(Some("pattern must be a valid regex".to_string()));
    }
    let mut inner: Vec<&Value> = Vec::new();
    for key in ["properties", "patternProperties", "definitions", "$defs", "dependentSchemas"] {
        inner.extend(
            object.get_str(key).and_then(Value::as_object).into_iter().flat_map(|entries| entries.values()),
        );
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        inner
            .extend(object.get_str(key).and_then(Value::as_array).into_iter().flat_map(|items| items.iter()));
    }
    for key in
        ["not", "additionalProperties", "additionalItems", "contains", "if", "then", "else", "propertyNames"]
    {
        inner.extend(object.get_str(key));
    }
    match object.get_str("items") {
        Some(Value::Array(items)) => inner.extend(items.iter()),
        other => inner.extend(other),
    }
    for schema in inner {
        if let Some(problem) = well_formed(host, schema, depth + 1)? {
            return Ok(Some(problem));
        }
    }
    Ok(None)
}

fn types(kinds: &Value) -> Option<String> {
    let kinds = match kinds {
        Value::Array(kinds) => kinds.to_vec(),
        kind => vec![kind.clone()],
    };
    kinds.iter().find_map(|kind| match kind.as_str() {
        Some(kind) if TYPES.contains(&kind) => None,
        Some(kind) => {
            let valid = TYPES.join(" ");
            Some(format!(
                "has a primitive type that is NOT VALID -- given: /{kind}/ Expected valid values are:[{valid}]"
            ))
        }
        None => Some("Invalid type. Expected: type, given: string/Array Of Strings".to_string()),
    })
}

/// Looks at the values of keywords, without going into other schemas.
fn keywords(schema: &Value) -> Option<String> {
    let of = |keys: &'static [&'static str]| {
        keys.iter().filter_map(|key| schema.get(key).map(|value| (*key, value)))
    };
    let list = of(LISTS).find(|(_, value)| value.as_array().is_none());
    if let Some((key, _)) = list {
        return Some(format!("{key} must be of an array"));
    }
    if let Some((key, _)) = of(NUMBERS).find(|(_, value)| value.as_number().is_none()) {
        return Some(format!("{key} must be of a Number"));
    }
    for (key, value) in of(LENGTHS) {
        match value.as_i64() {
            None => return Some(format!("{key} must be of an integer")),
            Some(length) if length < 0 => return Some(format!("{key} must be greater than or equal to 0")),
            Some(_) => {}
        }
    }
    let not = |key: &str, fits: fn(&Value) -> bool| schema.get(key).is_some_and(|value| !fits(value));
    let is_schema = |value: &Value| matches!(value, Value::Object(_) | Value::Bool(_));
    if not("multipleOf", |step| step > &Value::from(0)) {
        return Some("multipleOf must be strictly greater than 0".to_string());
    }
    if not("properties", |inner| inner.as_object().is_some()) {
        return Some("Properties must be of type object".to_string());
    }
    if not("uniqueItems", |flag| flag.as_bool().is_some()) {
        return Some("uniqueItems must be of a boolean".to_string());
    }
    if not("not", is_schema) {
        return Some("not must be of an object".to_string());
    }
    if not("$ref", |reference| reference.as_str().is_some()) {
        return Some("Invalid type. Expected: string, given: $ref".to_string());
    }
    if not("additionalProperties", is_schema) {
        return Some("Invalid type. Expected: boolean/Valid Schema, given: additionalProperties".to_string());
    }
    if not("items", |items| matches!(items, Value::Array(_) | Value::Object(_) | Value::Bool(_))) {
        return Some("Invalid type. Expected: Valid Schema/Array Of Schemas, given: items".to_string());
    }
    let required = schema.get("required").and_then(Value::as_array)?;
    let repeats =
        required.iter().enumerate().any(|(at, name)| required.iter().take(at).any(|one| one == name));
    repeats.then(|| "required items must be unique".to_string())
}
