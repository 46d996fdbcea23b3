//! What a provider fills in where the source leaves an argument out.
//!
//! What enters: mined defaults and the decoded arguments of a resource. What leaves: the values, with an origin that
//! says where they come from. A default that hangs on other arguments is filled in once all are decoded; where its
//! conditions are not met nothing is stated.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Kind, Origin, Value, Via};
use trueline_text::Location;

use crate::Entries;
use crate::convert;
use crate::schema::condition::{Conditions, SET, UNKNOWN, UNSET};
use crate::schema::{AttributeSchema, BlockSchema, MinedDefault};

/// Deeper blocks keep what they have; no provider type comes near it.
const DEPTH: usize = 64;

/// The default as a value of the attribute.
pub fn value(a: &AttributeSchema, d: &MinedDefault, head: Location) -> Value {
    let v = crate::json_value::of_json(&d.value, None);
    let v = convert::convert(&v, &a.ty).unwrap_or(v);
    v.with_origin(Some(Origin::step(head, Via::ProviderDefault, None)))
}

/// Fills in the defaults that have conditions.
pub fn fill(entries: &mut Entries, schema: &BlockSchema, head: Location) {
    let given = entries.clone();
    level(entries, schema, head, &mut vec![&given]);
}

fn level<'e>(out: &mut Entries, schema: &BlockSchema, head: Location, levels: &mut Vec<&'e Entries>) {
    for (name, a) in &schema.attributes {
        let Some(d) = a.default.as_ref().filter(|d| !d.when.is_empty()) else { continue };
        let Some(old) = out.get(name).filter(|v| v.is_unset()) else { continue };
        if holds(&d.when, levels) {
            let mut v = value(a, d, head);
            v.sensitive |= a.sensitive;
            if old.origin.is_some() {
                v.origin = old.origin.clone();
            }
            out.insert(name.clone(), v);
        }
    }
    let Some(given) = levels.last().copied().filter(|_| levels.len() < DEPTH) else { return };
    for (name, b) in &schema.blocks {
        let Some(v) = given.get(name) else { continue };
        let mut one = |v: &'e Value| -> Value {
            let Kind::Object(members) = &v.kind else { return v.clone() };
            let mut inner = (**members).clone();
            let head = v.origin.as_ref().map_or(head, |o| o.at);
            levels.push(members);
            level(&mut inner, &b.block, head, levels);
            levels.pop();
            Value { kind: Kind::Object(Arc::new(inner)), ..v.clone() }
        };
        let kind = match &v.kind {
            Kind::Object(_) => one(v).kind,
            Kind::List(t, items) => Kind::List(t.clone(), Arc::new(items.iter().map(one).collect())),
            Kind::Set(t, items) => Kind::Set(t.clone(), Arc::new(items.iter().map(one).collect())),
            Kind::Map(t, entries) => {
                let filled: BTreeMap<_, _> = entries.iter().map(|(k, v)| (k.clone(), one(v))).collect();
                Kind::Map(t.clone(), Arc::new(filled))
            }
            _ => continue,
        };
        out.insert(name.clone(), Value { kind, ..v.clone() });
    }
}

/// True if the conditions are met; `levels` are the arguments of the resource and of each block down to this one.
pub fn holds(when: &Conditions, levels: &[&Entries]) -> bool {
    when.iter().all(|(route, kinds)| {
        let value = argument(route, levels);
        kinds.iter().any(|k| is_of_kind(value, k))
    })
}

/// The argument of a condition: of one of the levels, or of a block below the resource.
fn argument<'e>(route: &str, levels: &[&'e Entries]) -> Option<&'e Value> {
    let (above, name) = route.rsplit_once('.').map_or((None, route), |(above, name)| (Some(above), name));
    let depth = above.map_or(0, |above| above.split('.').count());
    if let Some(level) = levels.get(depth) {
        return level.get(name);
    }
    let mut entries = *levels.first()?;
    for block in above?.split('.') {
        let inside = entries.get(block)?;
        entries = inside.as_items().and_then(<[Value]>::first).unwrap_or(inside).as_entries()?;
    }
    entries.get(name)
}

fn is_of_kind(value: Option<&Value>, kind: &str) -> bool {
    let is_unset = value.is_none_or(|v| v.is_unset() || is_default(v) || is_unwritten(v));
    match (kind, value.map(|v| &v.kind)) {
        (UNSET, _) => is_unset,
        _ if is_unset => false,
        (UNKNOWN, Some(Kind::Unknown(_))) => true,
        (_, Some(Kind::Unknown(_))) => false,
        (SET, Some(Kind::Bool(_))) => false,
        (SET, _) => true,
        (word, Some(Kind::Bool(b))) => word == if *b { "=true" } else { "=false" },
        (word, Some(Kind::String(s))) => word.strip_prefix('=') == Some(&**s),
        _ => false,
    }
}

/// True for what the provider fills in.
pub fn is_default(v: &Value) -> bool {
    v.origin.as_ref().is_some_and(|o| o.via == Via::ProviderDefault)
}

/// Blocks that are not written.
fn is_unwritten(v: &Value) -> bool {
    v.origin.is_none() && v.as_items().is_some_and(<[Value]>::is_empty)
}
