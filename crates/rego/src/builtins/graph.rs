//! Graphs, and walks over values.

use std::collections::BTreeSet;

use crate::Value;

use super::arguments::collection;
use super::{Builtin, Failure, Host, Outcome, builtin, object};

pub(super) const BUILTINS: &[Builtin] = &[
    builtin("graph.reachable", 2, reachable),
    builtin("graph.reachable_paths", 2, reachable_paths),
    Builtin { name: "walk", arity: 1, deprecated: false, several: true, run: walk },
];

fn neighbours(graph: &crate::value::Object, node: &Value) -> Option<Vec<Value>> {
    match graph.get(node)? {
        Value::Array(items) => Some(items.to_vec()),
        Value::Set(items) => Some(items.to_vec()),
        _ => Some(Vec::new()),
    }
}

fn reachable(host: &mut Host, args: &[Value]) -> Outcome {
    let graph = object(args, 0)?;
    let mut work = collection(args, 1, "{array, set}")?.to_vec();
    let mut seen = BTreeSet::new();
    while let Some(node) = work.pop() {
        host.tick(1)?;
        if seen.contains(&node) {
            continue;
        }
        if let Some(next) = neighbours(graph, &node) {
            host.grow(24 * next.len())?;
            work.extend(next);
            seen.insert(node);
        }
    }
    Ok(Value::set(seen.into_iter().collect()))
}

fn reachable_paths(host: &mut Host, args: &[Value]) -> Outcome {
    let graph = object(args, 0)?;
    let mut found = Vec::new();
    // Each path that can still grow, last first.
    let mut work: Vec<Vec<Value>> = Vec::new();
    for start in collection(args, 1, "one of {set, array}")?.iter().rev() {
        match neighbours(graph, start) {
            Some(next) if !next.is_empty() => work.push(vec![start.clone()]),
            Some(_) => found.push(Value::array(vec![start.clone()])),
            None => {}
        }
    }
    while let Some(path) = work.pop() {
        let Some(last) = path.last() else { continue };
        let next = neighbours(graph, last).unwrap_or_default();
        let mut grown = false;
        for node in &next {
            host.grow(24 * path.len())?;
            if graph.get(node).is_some() && !path.contains(node) {
                let mut longer = path.clone();
                longer.push(node.clone());
                work.push(longer);
                grown = true;
            } else if path.contains(node) {
                found.push(Value::array(path.clone()));
                grown = true;
            }
        }
        if !grown {
            found.push(Value::array(path));
        }
    }
    Ok(Value::set(found))
}

/// Returns all pairs of path and value, the whole first.
fn walk(host: &mut Host, args: &[Value]) -> Outcome {
    let Some(whole) = args.first() else { return Err(Failure::Undefined) };
    let mut pairs = Vec::new();
    let mut work: Vec<(Vec<Value>, Value)> = vec![(Vec::new(), whole.clone())];
    while let Some((path, value)) = work.pop() {
        host.grow(64 + 24 * path.len())?;
        let below = |key: &Value, value: &Value| {
            let mut longer = Vec::with_capacity(path.len() + 1);
            longer.extend(path.iter().cloned());
            longer.push(key.clone());
            (longer, value.clone())
        };
        let at = work.len();
        match &value {
            Value::Array(items) => {
                work.extend(items.iter().enumerate().map(|(at, item)| below(&Value::from(at), item)));
            }
            Value::Object(entries) => work.extend(entries.iter().map(|(key, item)| below(key, item))),
            Value::Set(items) => work.extend(items.iter().map(|item| below(item, item))),
            _ => {}
        }
        if let Some(new) = work.get_mut(at..) {
            new.reverse();
        }
        pairs.push(Value::array(vec![Value::array(path), value]));
    }
    Ok(Value::array(pairs))
}
