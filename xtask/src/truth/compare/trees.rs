//! Trees of JSON side by side: which elements belong together, and which leaves differ.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};
use trueline_model::Number;

/// For each real element the place of ours that fits best: sets may be in another order.
pub(super) fn aligned(real: &[Json], ours: &[Json]) -> Vec<Option<usize>> {
    let mut free: BTreeSet<usize> = (0..ours.len()).collect();
    let mut out = Vec::new();
    for (i, item) in real.iter().enumerate() {
        let in_place = ours.get(i).is_some_and(|o| o == item) && free.contains(&i);
        let best = match in_place {
            true => Some(i),
            false => {
                free.iter().copied().max_by_key(|j| (ours.get(*j).map_or(0, |o| agreement(item, o)), *j == i))
            }
        };
        if let Some(b) = best {
            free.remove(&b);
        }
        out.push(best);
    }
    out
}

/// How many leaves agree.
fn agreement(a: &Json, b: &Json) -> usize {
    match (a, b) {
        (Json::Object(x), Json::Object(y)) => {
            x.iter().filter_map(|(k, v)| Some(agreement(v, y.get(k)?))).sum()
        }
        (Json::Array(x), Json::Array(y)) => x.iter().zip(y).map(|(a, b)| agreement(a, b)).sum(),
        _ => usize::from(!a.is_null() && same(a, b)),
    }
}

/// Equal, numbers by value.
pub(super) fn same(a: &Json, b: &Json) -> bool {
    let number = |v: &Json| v.as_number()?.to_string().parse::<Number>().ok();
    a == b || number(a).is_some_and(|n| number(b) == Some(n))
}

/// True for a tree in which nothing is marked.
fn blank(v: &Json) -> bool {
    match v {
        Json::Null | Json::Bool(false) => true,
        Json::Array(a) => a.iter().all(blank),
        Json::Object(o) => o.values().all(blank),
        _ => false,
    }
}

/// Leaves at which two trees differ; `false`, null, and empty trees are alike.
pub(super) fn tree_differences(a: &Json, b: &Json) -> Vec<(String, Json, Json)> {
    let mut out = Vec::new();
    let mut todo = vec![(String::new(), a.clone(), b.clone())];
    while let Some((path, a, b)) = todo.pop() {
        if a == b || (blank(&a) && blank(&b)) {
            continue;
        }
        match (&a, &b) {
            (Json::Object(_) | Json::Null, Json::Object(_)) | (Json::Object(_), Json::Null) => {
                let names: BTreeSet<&String> =
                    [&a, &b].into_iter().filter_map(|t| t.as_object()).flat_map(Map::keys).collect();
                for name in names {
                    let of = |tree: &Json| tree.get(name).cloned().unwrap_or(Json::Null);
                    todo.push((format!("{path}.{name}"), of(&a), of(&b)));
                }
            }
            (Json::Array(x), Json::Array(y)) if x.len() == y.len() => {
                // Of a set the order is Terraform's: what has a partner somewhere agrees.
                let mut rest: Vec<&Json> = y.iter().collect();
                let left: Vec<&Json> = x
                    .iter()
                    .filter(|v| match rest.iter().position(|r| r == v) {
                        Some(at) => {
                            rest.swap_remove(at);
                            false
                        }
                        None => true,
                    })
                    .collect();
                for (a, b) in left.into_iter().zip(rest) {
                    todo.push((format!("{path}.*"), a.clone(), b.clone()));
                }
            }
            _ => out.push((path.trim_start_matches('.').to_owned(), a, b)),
        }
    }
    out
}
