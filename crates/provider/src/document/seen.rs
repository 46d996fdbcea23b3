//! What can be seen of a collection that is not known, for those who look into documents.
//!
//! Terraform says nothing of `concat([…], var.extra)` before `var.extra` has a value. What is certain in it goes along as
//! the document of the unknown value: a tuple in which an unknown element stands for any number of elements, or an object
//! in which [`REST`] stands for members of which nothing is known.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Kind, Reason, Type, Value};

/// Name of the member that stands for further members; its value is unknown, with the reason.
pub const REST: &str = "trueline:rest";

/// The value itself, or what is known of an unknown collection; none if that is nothing.
pub fn seen(v: &Value) -> Option<&Value> {
    match (&v.kind, v.document.as_deref()) {
        // The document of a text is what the text encodes, not what the text is.
        (Kind::Unknown(u), Some(d)) if u.ty != Type::String => Some(d),
        (Kind::Unknown(_), _) => None,
        _ => Some(v),
    }
}

/// The elements that are seen; an unknown one stands for those that are not.
pub fn elements(v: &Value) -> Vec<Value> {
    match seen(v).and_then(Value::as_items) {
        Some(items) => items.to_vec(),
        None if v.is_null() => Vec::new(),
        None => vec![rest(v)],
    }
}

/// The members that are seen, with [`REST`] for those that are not.
pub fn members(v: &Value) -> BTreeMap<Arc<str>, Value> {
    match seen(v).and_then(Value::as_entries) {
        Some(entries) => entries.clone(),
        None if v.is_null() => BTreeMap::new(),
        None => match &v.kind {
            // Which attributes an unknown object has is known from its type.
            Kind::Unknown(u) => match &u.ty {
                Type::Object(attributes) => {
                    let attribute = |(name, a): (&Arc<str>, &trueline_model::AttributeType)| {
                        let leaf = Value::unknown(a.ty.clone(), u.reason.clone());
                        (name.clone(), Value { origin: v.origin.clone(), sensitive: v.sensitive, ..leaf })
                    };
                    attributes.iter().map(attribute).collect()
                }
                _ => BTreeMap::from([(REST.into(), rest(v))]),
            },
            _ => BTreeMap::from([(REST.into(), rest(v))]),
        },
    }
}

/// These members, and others of which nothing is known because `why` is not.
pub fn with_rest(mut members: BTreeMap<Arc<str>, Value>, why: &Value) -> Value {
    members.insert(REST.into(), rest(why));
    Value::object(members)
}

/// Unknown for the same reason.
pub(super) fn rest(v: &Value) -> Value {
    let reason = v.first_reason().unwrap_or(Reason::Plan);
    Value { origin: v.origin.clone(), sensitive: v.sensitive, ..Value::unknown(Type::Any, reason) }
}
