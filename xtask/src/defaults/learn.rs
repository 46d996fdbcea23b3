//! From plans of made-up blocks to defaults.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use trueline_terraform::schema::{BlockSchema, Nesting};

use super::instance::Body;

/// What was seen at one place where nothing was written.
#[derive(Clone, PartialEq)]
pub enum Seen {
    /// Always this.
    Value(Json),
    /// Unknown, or different from case to case.
    Varies,
}

/// What was seen, by route without indices.
pub type Observations = BTreeMap<String, Seen>;

/// Notes what a planned block shows for arguments that it does not write.
pub fn observe(
    schema: &BlockSchema,
    body: &Body,
    after: &Map<String, Json>,
    unknown: &Json,
    at: &str,
    out: &mut Observations,
) {
    for (name, _) in schema.attributes.iter().filter(|(n, _)| !body.attributes.contains_key(&***n)) {
        let route = join(at, name);
        let is_unknown = unknown.get(&**name).is_some_and(|u| *u != Json::Bool(false) && !is_empty(u));
        let seen = match after.get(&**name) {
            _ if is_unknown => Seen::Varies,
            Some(v) => Seen::Value(v.clone()),
            None => Seen::Varies,
        };
        match out.get_mut(&route) {
            Some(old) if *old != seen => *old = Seen::Varies,
            Some(_) => {}
            None => {
                out.insert(route, seen);
            }
        }
    }
    for (name, b) in &schema.blocks {
        let written: Vec<&Body> = body.blocks.iter().filter(|(n, _)| **n == **name).map(|(_, b)| b).collect();
        let Some(first) = written.first() else { continue };
        let route = join(at, name);
        let shown = after.get(&**name).unwrap_or(&Json::Null);
        let unknown = unknown.get(&**name).unwrap_or(&Json::Null);
        match (b.nesting, shown) {
            (Nesting::Single | Nesting::Group, Json::Object(o)) => {
                observe(&b.block, first, o, unknown, &route, out);
            }
            (Nesting::List | Nesting::Set, Json::Array(items)) if items.len() == written.len() => {
                for (i, (item, body)) in items.iter().zip(&written).enumerate() {
                    if let Json::Object(o) = item {
                        observe(&b.block, body, o, unknown.get(i).unwrap_or(&Json::Null), &route, out);
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_empty(tree: &Json) -> bool {
    match tree {
        Json::Bool(b) => !b,
        Json::Array(a) => a.iter().all(is_empty),
        Json::Object(o) => o.values().all(is_empty),
        _ => true,
    }
}

/// Places where always the same value was seen, null left out.
pub fn defaults(seen: &Observations) -> Map<String, Json> {
    let known = seen.iter().filter_map(|(route, s)| match s {
        Seen::Value(v) if !v.is_null() => Some((route.clone(), v.clone())),
        _ => None,
    });
    known.collect()
}

fn join(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") }
}
