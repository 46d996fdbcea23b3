//! `json.patch`: RFC 6902, for sets, too.

use crate::{MAX_DEPTH, Value};

use super::{Builtin, Failure, Host, Outcome, array, builtin, failed};

pub(super) const BUILTINS: &[Builtin] = &[builtin("json.patch", 2, patch)];

/// Splits a JSON pointer.
pub(super) fn pointer(text: &str) -> Vec<Value> {
    if text.is_empty() {
        return Vec::new();
    }
    text.strip_prefix('/')
        .unwrap_or(text)
        .split('/')
        .map(|key| Value::from(key.replace("~1", "/").replace("~0", "~")))
        .collect()
}

fn path(operation: &Value, field: &str) -> Result<Vec<Value>, Failure> {
    match operation.get(field) {
        Some(Value::String(text)) => Ok(pointer(text)),
        Some(Value::Array(keys)) => Ok(keys.to_vec()),
        Some(_) => Err(Failure::Error(format!("attribute '{field}' must be a string or an array"))),
        None => Err(Failure::Error(format!("missing required attribute '{field}'"))),
    }
}

fn patch(host: &mut Host, args: &[Value]) -> Outcome {
    let Some(target) = args.first() else { return Err(Failure::Undefined) };
    let mut document = target.clone();
    for operation in array(args, 1)?.iter() {
        if operation.as_object().is_none() {
            let message = "must be an array of JSON-Patch objects, but at least one element is not an object";
            return failed(message);
        }
        let Some(name) = operation.get("op").and_then(Value::as_str) else {
            return failed("missing required attribute 'op'");
        };
        let at = path(operation, "path")?;
        let value = || {
            operation
                .get("value")
                .cloned()
                .ok_or_else(|| Failure::Error("missing required attribute 'value'".to_string()))
        };
        document = match name {
            "add" => add(host, &document, &at, value()?)?,
            "remove" => remove(host, &document, &at)?,
            "replace" => {
                let without = remove(host, &document, &at)?;
                add(host, &without, &at, value()?)?
            }
            "move" => {
                let from = path(operation, "from")?;
                let moved = find(&document, &from)?.clone();
                let without = remove(host, &document, &from)?;
                add(host, &without, &at, moved)?
            }
            "copy" => {
                let copied = find(&document, &path(operation, "from")?)?.clone();
                add(host, &document, &at, copied)?
            }
            "test" => {
                let (found, wanted) = (find(&document, &at)?, value()?);
                if *found != wanted {
                    return failed(format!(
                        "value from EditTree != patch value.\n\nExpected: {wanted}\n\nFound: {found}"
                    ));
                }
                document
            }
            other => return Err(Failure::Error(format!("unrecognized op: '{other}'"))),
        };
        if document.depth() > MAX_DEPTH {
            return Err(Failure::Error(format!("a value nests deeper than {MAX_DEPTH} levels")));
        }
    }
    Ok(document)
}

/// Takes a key of a pointer as an index.
fn index(key: &Value) -> Option<usize> {
    match key {
        Value::String(text) if text.len() > 1 && text.starts_with('0') => None,
        Value::String(text) => text.parse().ok(),
        other => usize::try_from(other.as_i64()?).ok(),
    }
}

fn step<'v>(value: &'v Value, key: &Value) -> Result<&'v Value, Failure> {
    let found = match value {
        Value::Array(items) => items.get(position(key)?),
        other => other.lookup(key),
    };
    found.ok_or_else(|| match value {
        Value::Array(_) => Failure::Error(format!("index {key} does not exist in array term {value}")),
        Value::Object(_) | Value::Set(_) => {
            let kind = value.type_name();
            Failure::Error(format!("path {key} does not exist in {kind} term {value}"))
        }
        _ => scalar(value),
    })
}

/// Takes a key of a pointer as an index of an array.
fn position(key: &Value) -> Result<usize, Failure> {
    index(key).ok_or_else(|| Failure::Error("invalid string for indexing".to_string()))
}

fn scalar(value: &Value) -> Failure {
    let kind = match value {
        Value::Null => "Null",
        Value::Bool(_) => "Boolean",
        Value::Number(_) => "Number",
        _ => "String",
    };
    Failure::Error(format!("expected composite type, found value: {value} (type: ast.{kind})"))
}

fn find<'v>(document: &'v Value, path: &[Value]) -> Result<&'v Value, Failure> {
    path.iter().try_fold(document, step)
}

/// Rebuilds the containers along a path, the last of them changed.
fn rebuild(
    host: &mut Host,
    value: &Value,
    path: &[Value],
    change: &mut dyn FnMut(&mut Host, &Value, &Value) -> Outcome,
) -> Outcome {
    let Some((key, rest)) = path.split_first() else { return Err(Failure::Undefined) };
    if rest.is_empty() {
        return change(host, value, key);
    }
    let inner = rebuild(host, step(value, key)?, rest, change)?;
    replace(host, value, key, inner)
}

fn replace(host: &mut Host, value: &Value, key: &Value, inner: Value) -> Outcome {
    match value {
        Value::Object(entries) => {
            host.grow(48 * entries.len())?;
            let mut entries: Vec<(Value, Value)> = entries.iter().cloned().collect();
            entries.push((key.clone(), inner));
            Ok(Value::object(entries))
        }
        Value::Array(items) => {
            host.grow(24 * items.len())?;
            let mut items = items.to_vec();
            match index(key).and_then(|at| items.get_mut(at)) {
                Some(place) => *place = inner,
                None => return Err(Failure::Undefined),
            }
            Ok(Value::array(items))
        }
        Value::Set(items) => {
            host.grow(24 * items.len())?;
            let mut items: Vec<Value> = items.iter().filter(|item| *item != key).cloned().collect();
            items.push(inner);
            Ok(Value::set(items))
        }
        _ => Err(Failure::Undefined),
    }
}

fn add(host: &mut Host, document: &Value, path: &[Value], new: Value) -> Outcome {
    if path.is_empty() {
        return Ok(new);
    }
    rebuild(host, document, path, &mut |host, value, key| match value {
        Value::Object(_) => replace(host, value, key, new.clone()),
        Value::Array(items) => {
            host.grow(24 * items.len())?;
            let mut items = items.to_vec();
            let at = match key.as_str() {
                Some("-") => items.len(),
                _ => position(key)?,
            };
            if at > items.len() {
                return failed("index for array insertion out of bounds");
            }
            items.insert(at, new.clone());
            Ok(Value::array(items))
        }
        Value::Set(items) if *key == new => {
            host.grow(24 * items.len())?;
            Ok(Value::set(items.iter().cloned().chain([new.clone()]).collect()))
        }
        Value::Set(_) => failed(format!("set key {key} does not equal value to be inserted {new}")),
        _ => Err(scalar(value)),
    })
}

fn remove(host: &mut Host, document: &Value, path: &[Value]) -> Outcome {
    if path.is_empty() {
        return Ok(Value::Null);
    }
    rebuild(host, document, path, &mut |host, value, key| {
        match value {
            Value::Array(items) if position(key)? >= items.len() => {
                return failed("index for array delete out of bounds");
            }
            Value::Object(_) | Value::Set(_) if value.lookup(key).is_none() => {
                return failed(format!("cannot delete child key {key} that does not exist"));
            }
            _ => {}
        }
        match value {
            Value::Object(entries) => {
                host.grow(48 * entries.len())?;
                Ok(entries.iter().filter(|(have, _)| have != key).cloned().collect())
            }
            Value::Array(items) => {
                host.grow(24 * items.len())?;
                let mut items = items.to_vec();
                items.remove(index(key).ok_or(Failure::Undefined)?);
                Ok(Value::array(items))
            }
            Value::Set(items) => Ok(Value::set(items.iter().filter(|item| *item != key).cloned().collect())),
            _ => Err(scalar(value)),
        }
    })
}
