//! What policies see beside `input`: `data.trueline`, built from one plan.
//!
//! Enters: a plan whose values carry unknowns, marks and documents. Leaves: plain JSON in which an
//! unset or unknown leaf is `null`, with the unknown ones (never the unset ones) listed by route.
//! Sensitive strings and numbers are not passed on: what a policy does not see, its message cannot leak.

mod actions;
mod leaves;
mod tags;

use std::collections::BTreeMap;

use trueline_model::{Breach, Handed, Key, Mode, Plan, Resource, Route, Value};
use trueline_rego::Value as Shown;
use trueline_terraform::Parsed;

use crate::links;
pub use leaves::SENSITIVE;
use leaves::{Leaves, maybe, text};

/// What calls of modules that are not here count as, where rules say which types they look at.
pub const HANDED: &str = "module";

/// The members of `data.trueline`, by name.
pub type Document = Vec<(&'static str, Shown)>;

/// Builds `data.trueline` without settings; `is_new` says whether a resource did not exist before.
pub fn document(plan: &Plan, parsed: &Parsed, is_new: &dyn Fn(&Resource) -> bool) -> Document {
    let resources = by_type(&plan.resources, is_new);
    let (links, backlinks) = links::of(plan);
    let tags = plan.resources.iter().map(|r| (r.address.to_string(), tags::provider_tags(r)));
    vec![
        ("actions", actions::of(&resources)),
        ("backlinks", backlinks),
        ("breaches", Shown::array(plan.breaches.iter().map(|b| breach(b, parsed)).collect())),
        ("data_sources", by_type(&plan.data, is_new)),
        ("handed", Shown::array(plan.handed.iter().map(handed).collect())),
        ("links", links),
        ("provider_tags", tags.collect()),
        ("resources", resources),
    ]
}

/// An object with these members.
pub fn object<const N: usize>(members: [(&str, Shown); N]) -> Shown {
    members.into_iter().collect()
}

/// A breach of a schema, with its place.
fn breach(b: &Breach, parsed: &Parsed) -> Shown {
    let file = parsed.sources.get(b.at.file);
    object([
        ("address", text(&b.owner)),
        ("file", maybe(file.map(|f| &*f.path))),
        ("kind", Shown::from(b.kind.as_str())),
        ("line", file.map_or(Shown::Null, |f| Shown::from(f.lines.line(b.at.span.start) + 1))),
        ("literal", Shown::from(b.literal)),
        ("message", Shown::from(b.message.as_str())),
        ("name", Shown::String(b.name.clone())),
        ("near", maybe(b.near.as_deref())),
        ("route", text(&b.route)),
    ])
}

fn by_type(resources: &[Resource], is_new: &dyn Fn(&Resource) -> bool) -> Shown {
    let mut types: BTreeMap<&str, Vec<Shown>> = BTreeMap::new();
    for r in resources {
        types.entry(&r.address.kind).or_default().push(resource(r, is_new(r)));
    }
    types.into_iter().map(|(kind, all)| (kind, Shown::array(all))).collect()
}

/// What is handed to a module that is not here: the documents in it.
fn handed(h: &Handed) -> Shown {
    let mut leaves = Leaves::default();
    leaves.render(&h.values, &Route::root());
    object([
        ("address", Shown::from(h.address.as_str())),
        ("documents", leaves.documents.into_iter().collect()),
        ("module", Shown::from(h.module.as_str())),
        ("type", Shown::from(HANDED)),
    ])
}

/// True if a document is handed to a module that is not here.
pub fn hands_documents(plan: &Plan) -> bool {
    fn holds(v: &Value) -> bool {
        v.encoded().is_some()
            || v.as_items().is_some_and(|i| i.iter().any(holds))
            || v.as_entries().is_some_and(|m| m.values().any(holds))
    }
    plan.handed.iter().any(|h| holds(&h.values))
}

fn resource(r: &Resource, new: bool) -> Shown {
    let mut leaves = Leaves::default();
    let values = leaves.render(&r.values, &Route::root());
    let mode = if r.address.mode == Mode::Data { "data" } else { "managed" };
    let index = match &r.address.key {
        Some(Key::Index(i)) => leaves::whole(i),
        Some(Key::Name(n)) => Shown::String(n.clone()),
        _ => Shown::Null,
    };
    let list = |all: Vec<String>| Shown::array(all.into_iter().map(Shown::from).collect());
    let conditions =
        r.conditions.iter().map(|c| object([("id", Shown::from(&*c.id)), ("why", text(&c.why))]));
    object([
        ("actions", Shown::array(r.actions.iter().map(|a| Shown::from(a.as_str())).collect())),
        ("address", text(&r.address)),
        ("conditions", Shown::array(conditions.collect())),
        ("defaults", list(leaves.defaults)),
        ("deferred", Shown::from(r.deferred)),
        ("documents", leaves.documents.into_iter().collect()),
        ("index", index),
        ("mode", Shown::from(mode)),
        ("module", Shown::from(r.address.module_path())),
        ("name", Shown::String(r.address.name.clone())),
        ("new", Shown::from(new)),
        ("provider", Shown::from(&*r.provider.source)),
        ("region", maybe(r.provider.region.as_deref())),
        ("sensitive", list(leaves.sensitive)),
        ("type", Shown::String(r.address.kind.clone())),
        ("unknown", leaves.unknown.into_iter().collect()),
        ("values", values),
    ])
}

#[cfg(test)]
mod tests;
