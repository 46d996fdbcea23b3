//! Objects, and the JSON builtins that cut objects.

use std::sync::Arc;

use crate::value::Object;
use crate::{ObjectBuilder, Value};

use super::arguments::collection;
use super::{Builtin, Failure, Host, Outcome, array, builtin, failed, object, wrong_type};

pub(super) const BUILTINS: &[Builtin] = &[
    builtin("object.get", 3, get),
    builtin("object.keys", 1, |host, args| {
        let object = object(args, 0)?;
        host.grow(24 * object.len())?;
        Ok(Value::set(object.keys().cloned().collect()))
    }),
    builtin("object.remove", 2, remove),
    builtin("object.filter", 2, filter),
    builtin("object.union", 2, union),
    builtin("object.union_n", 1, union_n),
    builtin("object.subset", 2, subset),
    builtin("json.filter", 2, json_filter),
    builtin("json.remove", 2, json_remove),
];

fn get(_: &mut Host, args: &[Value]) -> Outcome {
    let (Some(whole), Some(key), Some(default)) = (args.first(), args.get(1), args.get(2)) else {
        return Err(Failure::Undefined);
    };
    object(args, 0)?;
    let found = match key {
        Value::Array(path) => path.iter().try_fold(whole, |at, key| at.lookup(key)),
        key => whole.lookup(key),
    };
    Ok(found.unwrap_or(default).clone())
}

/// Takes keys out of an object, a set or an array.
fn keys(args: &[Value]) -> Result<Vec<Value>, Failure> {
    match args.get(1) {
        Some(Value::Object(entries)) => Ok(entries.keys().cloned().collect()),
        Some(Value::Array(items)) => Ok(items.to_vec()),
        Some(Value::Set(items)) => Ok(items.to_vec()),
        _ => Err(wrong_type(args, 1, "one of {object, set, array}")),
    }
}

fn remove(host: &mut Host, args: &[Value]) -> Outcome {
    let whole = object(args, 0)?;
    let keys = crate::value::Set::new(keys(args)?);
    host.grow(48 * whole.len())?;
    Ok(whole.iter().filter(|(key, _)| !keys.contains(key)).cloned().collect())
}

fn filter(host: &mut Host, args: &[Value]) -> Outcome {
    let whole = object(args, 0)?;
    let keys = crate::value::Set::new(keys(args)?);
    host.grow(48 * whole.len())?;
    Ok(whole.iter().filter(|(key, _)| keys.contains(key)).cloned().collect())
}

fn union(host: &mut Host, args: &[Value]) -> Outcome {
    object(args, 0)?;
    object(args, 1)?;
    match (args.first(), args.get(1)) {
        (Some(a), Some(b)) => merge(host, a, b),
        _ => Err(Failure::Undefined),
    }
}

/// Puts the second over the first, objects inside objects merged.
fn merge(host: &mut Host, under: &Value, over: &Value) -> Outcome {
    let (Value::Object(a), Value::Object(b)) = (under, over) else { return Ok(over.clone()) };
    host.grow(48 * (a.len() + b.len()))?;
    let mut merged = ObjectBuilder::default();
    for (key, value) in a.iter() {
        let value = match b.get(key) {
            Some(over) => merge(host, value, over)?,
            None => value.clone(),
        };
        merged.replace(key.clone(), value);
    }
    for (key, value) in b.iter() {
        if a.get(key).is_none() {
            merged.replace(key.clone(), value.clone());
        }
    }
    Ok(Value::Object(Arc::new(merged.finish())))
}

fn union_n(host: &mut Host, args: &[Value]) -> Outcome {
    let mut merged = Value::empty_object();
    for item in array(args, 0)?.iter() {
        if item.as_object().is_none() {
            let message =
                format!("operand 1 must be array of objects but got array containing {}", item.type_name());
            return Err(Failure::Type(message));
        }
        merged = merge(host, &merged, item)?;
    }
    Ok(merged)
}

fn subset(host: &mut Host, args: &[Value]) -> Outcome {
    let (Some(whole), Some(part)) = (args.first(), args.get(1)) else { return Err(Failure::Undefined) };
    let known = matches!(
        (whole, part),
        (Value::Object(_), Value::Object(_))
            | (Value::Set(_), Value::Set(_))
            | (Value::Array(_), Value::Array(_) | Value::Set(_))
    );
    if !known {
        let message = "both arguments object.subset must be of the same type or array and set";
        return Err(Failure::Type(message.to_string()));
    }
    Ok(Value::Bool(contains(host, whole, part)?))
}

fn contains(host: &mut Host, whole: &Value, part: &Value) -> Result<bool, Failure> {
    Ok(match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            host.tick(part.len())?;
            for (key, value) in part.iter() {
                match whole.get(key) {
                    Some(found)
                        if matches!(
                            (found, value),
                            (Value::Object(_), Value::Object(_))
                                | (Value::Set(_), Value::Set(_))
                                | (Value::Array(_), Value::Array(_))
                        ) =>
                    {
                        if !contains(host, found, value)? {
                            return Ok(false);
                        }
                    }
                    Some(found) if found == value => {}
                    _ => return Ok(false),
                }
            }
            true
        }
        (Value::Set(whole), Value::Set(part)) => part.iter().all(|item| whole.contains(item)),
        // A part of an array is a run of it.
        (Value::Array(whole), Value::Array(part)) => {
            host.tick(whole.len().saturating_mul(part.len().max(1)) / 4)?;
            part.is_empty() || whole.windows(part.len()).any(|window| window == &***part)
        }
        (Value::Array(whole), Value::Set(part)) => {
            host.tick(whole.len().saturating_mul(part.len()) / 4)?;
            part.iter().all(|item| whole.contains(item))
        }
        _ => false,
    })
}

/// Reads paths: `a/b/c`, or arrays of keys.
fn paths(args: &[Value]) -> Result<Vec<Vec<Value>>, Failure> {
    let items = collection(args, 1, "one of {set, array}")?;
    let mut paths = Vec::with_capacity(items.len());
    for item in items {
        paths.push(match item {
            Value::String(text) => super::patch::pointer(text),
            Value::Array(keys) => keys.to_vec(),
            other => {
                let message = format!(
                    "operand 2 must be one of {{set, array}} containing string paths or array of path segments but got {}",
                    other.type_name()
                );
                return Err(Failure::Type(message));
            }
        });
    }
    Ok(paths)
}

/// Paths as a tree; a leaf ends a path.
#[derive(Default)]
struct Paths {
    ends: bool,
    below: std::collections::BTreeMap<Value, Paths>,
}

fn tree(paths: Vec<Vec<Value>>) -> Paths {
    let mut root = Paths::default();
    for path in paths {
        let mut at = &mut root;
        for key in path {
            at = at.below.entry(key).or_default();
        }
        at.ends = true;
    }
    root
}

/// Returns the part of the tree for a key; array indices may be written as strings.
fn below<'t>(tree: &'t Paths, key: &Value) -> Option<&'t Paths> {
    let text = || Value::from(key.to_string());
    tree.below.get(key).or_else(|| if key.as_i64().is_some() { tree.below.get(&text()) } else { None })
}

fn json_filter(host: &mut Host, args: &[Value]) -> Outcome {
    object(args, 0)?;
    let tree = tree(paths(args)?);
    match args.first() {
        Some(whole) => Ok(keep(host, whole, &tree)?.unwrap_or_else(Value::empty_object)),
        None => Err(Failure::Undefined),
    }
}

fn keep(host: &mut Host, value: &Value, tree: &Paths) -> Result<Option<Value>, Failure> {
    if tree.ends {
        return Ok(Some(value.clone()));
    }
    Ok(match value {
        Value::Object(entries) => {
            host.tick(entries.len())?;
            let mut kept = Vec::new();
            for (key, value) in entries.iter() {
                if let Some(tree) = below(tree, key)
                    && let Some(value) = keep(host, value, tree)?
                {
                    kept.push((key.clone(), value));
                }
            }
            Some(Value::Object(Arc::new(Object::from_sorted(kept))))
        }
        Value::Array(items) => {
            host.tick(items.len())?;
            let mut kept = Vec::new();
            for (at, value) in items.iter().enumerate() {
                if let Some(tree) = below(tree, &Value::from(at))
                    && let Some(value) = keep(host, value, tree)?
                {
                    kept.push(value);
                }
            }
            Some(Value::array(kept))
        }
        Value::Set(items) => {
            host.tick(items.len())?;
            let mut kept = Vec::new();
            for item in items.iter() {
                if let Some(tree) = below(tree, item)
                    && let Some(value) = keep(host, item, tree)?
                {
                    kept.push(value);
                }
            }
            Some(Value::set(kept))
        }
        _ => None,
    })
}

fn json_remove(host: &mut Host, args: &[Value]) -> Outcome {
    object(args, 0)?;
    let tree = tree(paths(args)?);
    match args.first() {
        Some(whole) => without(host, whole, &tree),
        None => failed("no operand"),
    }
}

fn without(host: &mut Host, value: &Value, tree: &Paths) -> Outcome {
    let left = |host: &mut Host, key: &Value, value: &Value| -> Result<Option<Value>, Failure> {
        match below(tree, key) {
            Some(tree) if tree.ends => Ok(None),
            Some(tree) => without(host, value, tree).map(Some),
            None => Ok(Some(value.clone())),
        }
    };
    Ok(match value {
        Value::Object(entries) => {
            host.grow(48 * entries.len())?;
            let mut kept = Vec::with_capacity(entries.len());
            for (key, value) in entries.iter() {
                kept.extend(left(host, key, value)?.map(|value| (key.clone(), value)));
            }
            Value::Object(Arc::new(Object::from_sorted(kept)))
        }
        Value::Array(items) => {
            host.grow(24 * items.len())?;
            let mut kept = Vec::with_capacity(items.len());
            for (at, value) in items.iter().enumerate() {
                kept.extend(left(host, &Value::from(at), value)?);
            }
            Value::array(kept)
        }
        Value::Set(items) => {
            host.grow(24 * items.len())?;
            let mut kept = Vec::with_capacity(items.len());
            for item in items.iter() {
                kept.extend(left(host, item, item)?);
            }
            Value::set(kept)
        }
        other => other.clone(),
    })
}
