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

/// A node that a path has come to, and the neighbours that are still to be looked at, last first.
struct Reached {
    node: Value,
    left: Vec<Value>,
}

fn reachable_paths(host: &mut Host, args: &[Value]) -> Outcome {
    let graph = object(args, 0)?;
    let mut found = Vec::new();
    for start in collection(args, 1, "one of {set, array}")?.iter() {
        let Some(next) = neighbours(graph, start) else { continue };
        if next.is_empty() {
            found.push(Value::array(vec![start.clone()]));
        }
        for node in next {
            paths_over(host, graph, start, node, &mut found)?;
        }
    }
    Ok(Value::set(found))
}

/// Finds the paths from a node over one of its neighbours. A path ends where it would come to a node that some path
/// went on from before, so what is found follows the order of neighbours, as in OPA.
fn paths_over(
    host: &mut Host,
    graph: &crate::value::Object,
    start: &Value,
    over: Value,
    found: &mut Vec<Value>,
) -> Result<(), Failure> {
    let mut passed = BTreeSet::from([start.clone()]);
    let mut path = vec![Reached { node: start.clone(), left: vec![over] }];
    while let Some(last) = path.last_mut() {
        host.tick(1)?;
        let Some(node) = last.left.pop() else {
            path.pop();
            continue;
        };
        let mut next = None;
        if !passed.contains(&node) {
            passed.insert(last.node.clone());
            next = neighbours(graph, &node);
        }
        let end = match next {
            Some(mut left) if !left.is_empty() => {
                host.grow(24 * left.len())?;
                left.reverse();
                path.push(Reached { node, left });
                continue;
            }
            // A node that leads nowhere belongs to the path, one that is not in the graph does not.
            Some(_) => Some(node),
            None => None,
        };
        host.grow(24 * path.len())?;
        found.push(Value::array(path.iter().map(|reached| reached.node.clone()).chain(end).collect()));
    }
    Ok(())
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
