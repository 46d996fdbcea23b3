//! `json.patch`: RFC 6902, for sets, too.

use crate::{MAX_DEPTH, Value};

use super::{Builtin, Failure, Host, Outcome, array, builtin};

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
            let message = format!(
                "operand 2 must be array of JSON-Patch objects but got array containing {}",
                operation.type_name()
            );
            return Err(Failure::Type(message));
        }
        let name = operation.get("op").and_then(Value::as_str).unwrap_or_default();
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
            "test" => match find(&document, &at)? == &value()? {
                true => document,
                false => return Err(Failure::Undefined),
            },
            other => return Err(Failure::Error(format!("unrecognized op '{other}'"))),
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
        Value::Array(items) => index(key).and_then(|at| items.get(at)),
        other => other.lookup(key),
    };
    found.ok_or(Failure::Undefined)
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
                _ => index(key).filter(|at| *at <= items.len()).ok_or(Failure::Undefined)?,
            };
            items.insert(at, new.clone());
            Ok(Value::array(items))
        }
        Value::Set(items) if *key == new => {
            host.grow(24 * items.len())?;
            Ok(Value::set(items.iter().cloned().chain([new.clone()]).collect()))
        }
        _ => Err(Failure::Undefined),
    })
}

fn remove(host: &mut Host, document: &Value, path: &[Value]) -> Outcome {
    if path.is_empty() {
        return Ok(Value::Null);
    }
    rebuild(host, document, path, &mut |host, value, key| {
        step(value, key)?;
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
            _ => Err(Failure::Undefined),
        }
    })
}
