//! What a provider built on the older SDK makes of a configuration when it plans.
//!
//! What enters: the values of a resource by its schema. What leaves: the same as such a provider shows them. Its habits:
//! an empty set or map is as good as none; in a set a missing collection is an empty one (in one that is an attribute, also a missing string `""`), and a set or map with an unknown element is unknown
//! as a whole. Values for policies keep their known elements ([`fill`] alone); the plan shape, and what other resources
//! get to see, follows the provider ([`as_planned`]). Resources on the newer framework have none of these.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::Digest;
use trueline_model::{Kind, Reason, Type, Unknown, Value};

use crate::expression::first_reason;
use crate::schema::{AttributeSchema, BlockSchema, Nesting};

/// Resource types whose `user_data` is planned as a digest.
const HASHED_USER_DATA: [&str; 3] = ["aws_instance", "aws_launch_configuration", "aws_spot_instance_request"];

/// True for a resource on the older SDK: there, `id` can be written.
pub(crate) fn is_sdk(schema: &BlockSchema) -> bool {
    schema.attributes.get("id").is_some_and(|a| a.optional && a.computed)
}

/// Fills in what is never null inside sets.
pub(crate) fn fill(schema: &BlockSchema, values: &Value) -> Value {
    if is_sdk(schema) { filled(schema, values, false) } else { values.clone() }
}

fn filled(schema: &BlockSchema, values: &Value, in_set: bool) -> Value {
    let Some(entries) = values.as_entries() else { return values.clone() };
    let mut new: Option<BTreeMap<Arc<str>, Value>> = None;
    let mut set = |name: &Arc<str>, v: Value| {
        new.get_or_insert_with(|| entries.clone()).insert(name.clone(), v);
    };
    for (name, v) in entries {
        if let Some(a) = schema.attributes.get(name) {
            if v.is_null() && in_set && !a.write_only {
                // Strings and numbers may have a default that only the provider knows.
                if let Some(zero) = zero(&a.ty).filter(|_| matches!(a.ty, Type::List(_) | Type::Set(_))) {
                    set(name, Value { origin: v.origin.clone(), ..zero });
                }
            } else if objects(a).is_some() && v.as_items().is_some_and(|i| !i.is_empty()) {
                set(name, map_items(v, &|item| filled_object(item)));
            }
        } else if let Some(b) = schema.blocks.get(name) {
            let in_set = in_set || b.nesting == Nesting::Set;
            let nested_sets = in_set || has_sets(&b.block, 0);
            if nested_sets && v.as_items().is_some_and(|i| !i.is_empty()) {
                set(name, map_items(v, &|item| filled(&b.block, item, in_set)));
            }
        }
    }
    match new {
        Some(new) => Value { kind: Kind::Object(Arc::new(new)), ..values.clone() },
        None => values.clone(),
    }
}

/// True if sets may stand somewhere below.
fn has_sets(schema: &BlockSchema, depth: usize) -> bool {
    depth < 8
        && (schema.attributes.values().any(|a| objects(a).is_some())
            || schema.blocks.values().any(|b| b.nesting == Nesting::Set || has_sets(&b.block, depth + 1)))
}

/// Element type of an attribute that is a collection of objects.
fn objects(a: &AttributeSchema) -> Option<&Type> {
    match &a.ty {
        Type::List(t) | Type::Set(t) if matches!(**t, Type::Object(_)) => Some(t),
        _ => None,
    }
}

fn filled_object(v: &Value) -> Value {
    let Some(entries) = v.as_entries() else { return v.clone() };
    let one = |v: &Value| match &v.kind {
        Kind::Null(t) => zero(t).map_or_else(|| v.clone(), |z| Value { origin: v.origin.clone(), ..z }),
        _ => v.clone(),
    };
    let entries = entries.iter().map(|(k, v)| (k.clone(), one(v))).collect();
    Value { kind: Kind::Object(Arc::new(entries)), ..v.clone() }
}

fn zero(ty: &Type) -> Option<Value> {
    Some(match ty {
        Type::String => Value::string(""),
        Type::Bool => Value::bool(false),
        Type::List(t) => Kind::List((**t).clone(), Arc::default()).into(),
        Type::Set(t) => Kind::Set((**t).clone(), Arc::default()).into(),
        _ => return None,
    })
}

/// The values as the provider's plan shows them.
pub(crate) fn as_planned(schema: Option<&Arc<BlockSchema>>, kind: &str, values: &Value) -> Value {
    let Some(schema) = schema.filter(|s| is_sdk(s)) else { return values.clone() };
    let mut out = collapsed(schema, values, false);
    if HASHED_USER_DATA.contains(&kind)
        && let Kind::Object(entries) = &out.kind
        && let Some(text) = entries.get("user_data").and_then(Value::as_str)
    {
        let mut entries = (**entries).clone();
        let digest = Value::string(user_data_digest(text));
        let old = entries.get("user_data").cloned().unwrap_or_else(Value::null);
        entries.insert("user_data".into(), Value { kind: digest.kind, document: None, ..old });
        out.kind = Kind::Object(Arc::new(entries));
    }
    out
}

fn collapsed(schema: &BlockSchema, values: &Value, in_set: bool) -> Value {
    let Some(entries) = values.as_entries() else { return values.clone() };
    let mut new = BTreeMap::new();
    for (name, v) in entries {
        let v = if let Some(a) = schema.attributes.get(name) {
            match objects(a) {
                Some(_) if v.as_items().is_some() => map_items(v, &collapsed_object),
                None if !in_set && matches!(a.ty, Type::Set(_) | Type::Map(_)) && is_empty(v) => left_out(a, v),
                _ => whole(v, &a.ty, in_set),
            }
        } else if let Some(b) = schema.blocks.get(name) {
            let in_set = in_set || b.nesting == Nesting::Set;
            match &v.kind {
                Kind::Object(_) => collapsed(&b.block, v, in_set),
                _ => map_items(v, &|item| collapsed(&b.block, item, in_set)),
            }
        } else {
            v.clone()
        };
        new.insert(name.clone(), v);
    }
    Value { kind: Kind::Object(Arc::new(new)), ..values.clone() }
}

fn is_empty(v: &Value) -> bool {
    v.as_items().is_some_and(<[Value]>::is_empty) || v.as_entries().is_some_and(BTreeMap::is_empty)
}

/// An empty set or map is planned as if it were not written.
fn left_out(a: &AttributeSchema, v: &Value) -> Value {
    let kind = match a.computed {
        true => Kind::Unknown(Arc::new(Unknown::new(a.ty.clone(), Reason::Unset))),
        false => Kind::Null(a.ty.clone()),
    };
    Value { kind, ..v.clone() }
}

fn collapsed_object(v: &Value) -> Value {
    let Some(entries) = v.as_entries() else { return v.clone() };
    let entries = entries.iter().map(|(k, v)| (k.clone(), whole(v, &v.ty(), true))).collect();
    Value { kind: Kind::Object(Arc::new(entries)), ..v.clone() }
}

/// A set or map, inside sets also a list, that is unknown as a whole if any element is.
fn whole(v: &Value, ty: &Type, in_set: bool) -> Value {
    let collapses = matches!(ty, Type::Set(_) | Type::Map(_)) || (in_set && matches!(ty, Type::List(_)));
    if !collapses || v.is_unknown() {
        return v.clone();
    }
    match first_reason(v) {
        Some(reason) => {
            let kind = Kind::Unknown(Arc::new(Unknown::new(ty.clone(), reason)));
            Value { kind, sensitive: v.has_sensitive(), ..v.clone() }
        }
        None => v.clone(),
    }
}

fn map_items(v: &Value, f: &dyn Fn(&Value) -> Value) -> Value {
    let all = |items: &[Value]| Arc::new(items.iter().map(f).collect::<Vec<_>>());
    let kind = match &v.kind {
        Kind::List(t, items) => Kind::List(t.clone(), all(items)),
        Kind::Set(t, items) => Kind::Set(t.clone(), all(items)),
        Kind::Tuple(items) => Kind::Tuple(all(items)),
        kind => kind.clone(),
    };
    Value { kind, ..v.clone() }
}

/// SHA-1 of user data, decoded first if it is Base64.
fn user_data_digest(text: &str) -> String {
    let bytes = STANDARD.decode(text).unwrap_or_else(|_| text.as_bytes().to_vec());
    sha1::Sha1::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect()
}
