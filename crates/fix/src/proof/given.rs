//! What the provider gives along: default tags, to whatever has none of their own.

use std::collections::BTreeSet;
use std::sync::Arc;

use trueline_model::{Resource, Route, Segment, Value};
use trueline_text::Location;

/// True if all that changed at this route is that the resource got one of these default tags of its provider, which it
/// lacked; or that all tags became known, or unknown, as they follow the others.
pub fn is_given(
    before: &Resource,
    after: &Resource,
    route: &Route,
    defaults: &BTreeSet<(Location, Arc<str>)>,
) -> bool {
    if route.head().is_none_or(|h| &**h != "tags_all") {
        return false;
    }
    match route.0.as_slice() {
        // It follows the tags and the defaults, which are compared themselves.
        [_] => {
            let open = |r: &Resource| r.values.at(route).is_none_or(Value::is_unknown);
            open(before) || open(after)
        }
        [_, Segment::Name(name)] => {
            let nothing = |v: &Value| v.is_unset() || v.as_str().is_some_and(|s| s.trim().is_empty());
            let given = |at: Location| defaults.contains(&(at, name.clone()));
            before.provider.declared.is_some_and(given) && before.values.at(route).is_none_or(nothing)
        }
        _ => false,
    }
}
