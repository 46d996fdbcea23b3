//! Tags that a resource gets along with others, since they take theirs from the same place.

use std::collections::BTreeSet;
use std::sync::Arc;

use trueline_model::{Resource, Route, Segment, Value};

use super::difference::same;

/// Deepest comparison of elements.
const DEPTH: usize = 16;

/// True if all that changed at this route is that the resource got one of these tags, which it lacked.
pub fn is_given(before: &Resource, after: &Resource, route: &Route, tags: &BTreeSet<Arc<str>>) -> bool {
    if tags.is_empty() {
        return false;
    }
    let head = |name: &str| route.head().is_some_and(|h| **h == *name);
    match route.0.as_slice() {
        // Known before apply or not: it follows the tags, which are compared themselves.
        [_] if head("tags_all") => {
            let at = |r: &Resource| r.values.at(route).is_none_or(Value::is_unknown);
            at(before) || at(after)
        }
        [_, Segment::Name(name)] if head("tags") || head("tags_all") => {
            let nothing = |v: &Value| v.is_unset() || v.as_str().is_some_and(|s| s.trim().is_empty());
            tags.contains(name) && before.values.at(route).is_none_or(nothing)
        }
        [_, ..] if head("tag") && &*before.address.kind == "aws_autoscaling_group" => {
            only_more_blocks(before, after, tags)
        }
        _ => false,
    }
}

/// True if all `tag` blocks are still there, and the others give tags that none of them gave.
fn only_more_blocks(before: &Resource, after: &Resource, tags: &BTreeSet<Arc<str>>) -> bool {
    let blocks = |r: &Resource| {
        r.values.at(&Route::name("tag")).and_then(Value::as_items).map(<[Value]>::to_vec).unwrap_or_default()
    };
    let key = |v: &Value| v.at(&Route::name("key")).and_then(Value::as_str).map(Arc::<str>::from);
    let (old, mut new) = (blocks(before), blocks(after));
    for block in &old {
        let Some(at) = new.iter().position(|n| same(block, n, DEPTH)) else { return false };
        new.remove(at);
    }
    new.iter()
        .all(|n| key(n).is_some_and(|k| tags.contains(&k) && !old.iter().any(|o| key(o) == Some(k.clone()))))
}
