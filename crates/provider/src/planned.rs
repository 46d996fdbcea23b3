//! What a provider does to values before they stand in a plan, beyond what its schema says.
//!
//! What enters: the values of a resource as evaluation makes them, every part with its own knowledge.
//! What leaves: the values as a real plan shows them. Policies look into the former, the plan JSON
//! shows the latter. Each rule here was seen in real plans of AWS provider 5.100.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Kind, Reason, Type, Unknown, Value};

use crate::Entries;
use crate::defaults;
use crate::rewrite::{protocol, rewritten};
use crate::schema::{AttributeSchema, BlockSchema, BlockType, Nesting};

/// Values deeper than this stay as they are; no provider type comes near it.
const DEPTH: usize = 64;

/// The values of a resource as a real plan shows them.
pub fn planned(values: &Value, schema: &BlockSchema) -> Value {
    object(values, schema, schema.is_older(), &mut Vec::new())
}

/// `levels`: the arguments of the resource and of each block down to where this one is.
fn object<'v>(v: &'v Value, schema: &BlockSchema, older: bool, levels: &mut Vec<&'v Entries>) -> Value {
    let Kind::Object(members) = &v.kind else { return v.clone() };
    if levels.len() > DEPTH {
        return v.clone();
    }
    levels.push(members);
    let mut out = BTreeMap::new();
    for (name, inner) in members.iter() {
        let shown = match (schema.attributes.get(name), schema.blocks.get(name)) {
            (Some(a), _) => attribute(inner, a, older, levels),
            (None, Some(b)) => blocks(inner, b, older, levels),
            (None, None) => inner.clone(),
        };
        out.insert(name.clone(), shown);
    }
    levels.pop();
    Value { kind: Kind::Object(Arc::new(out)), ..v.clone() }
}

fn blocks<'v>(v: &'v Value, b: &BlockType, older: bool, levels: &mut Vec<&'v Entries>) -> Value {
    if b.computed && v.as_items().is_some_and(<[Value]>::is_empty) {
        let unknown = Unknown::new(b.value_type(), Reason::Unset);
        return Value { kind: Kind::Unknown(Arc::new(unknown)), ..v.clone() };
    }
    let mut each = |items: &'v [Value]| {
        Arc::new(items.iter().map(|i| object(i, &b.block, older, levels)).collect::<Vec<_>>())
    };
    let kind = match &v.kind {
        Kind::List(ty, items) => Kind::List(ty.clone(), each(items)),
        Kind::Set(ty, items) => Kind::Set(ty.clone(), each(items)),
        Kind::Tuple(items) => Kind::Tuple(each(items)),
        Kind::Object(_) if matches!(b.nesting, Nesting::Single | Nesting::Group) => {
            return object(v, &b.block, older, levels);
        }
        _ => return v.clone(),
    };
    Value { kind, ..v.clone() }
}

fn attribute(v: &Value, schema: &AttributeSchema, older: bool, levels: &[&Entries]) -> Value {
    if let Some(i) = &schema.instead
        && !v.is_unset()
        && !v.is_unknown()
        && !defaults::is_default(v)
        && !matches!(&v.kind, Kind::String(s) if s.is_empty())
        && defaults::holds(&i.when, levels)
    {
        let kind = match &i.value {
            Some(json) => crate::json_value::of_json(json, None).kind,
            None => Kind::Unknown(Arc::new(Unknown::new(schema.ty.clone(), Reason::Unset))),
        };
        return Value { kind, ..v.clone() };
    }
    if let (Some(how), Kind::String(s)) = (schema.rewrite, &v.kind) {
        return Value { kind: Kind::String(rewritten(how, s).into()), ..v.clone() };
    }
    if !older {
        return v.clone();
    }
    let set = without_null_entries(v);
    let v = set.as_ref().unwrap_or(v);
    match &schema.ty {
        Type::Set(element) if matches!(**element, Type::Object(_)) => filled_elements(v),
        ty if matches!(ty, Type::Set(_) | Type::Map(_)) && is_plain_collection(ty) && is_empty(v) => {
            // An empty set or map is planned as if it were not written.
            let kind = match schema.computed {
                true => Kind::Unknown(Arc::new(Unknown::new(ty.clone(), Reason::Unset))),
                false => Kind::Null(ty.clone()),
            };
            Value { kind, ..v.clone() }
        }
        ty if is_plain_collection(ty) => whole_or_unknown(v, ty),
        _ => v.clone(),
    }
}

/// A map without its null entries, which the older SDK does not know; none if it has none.
fn without_null_entries(v: &Value) -> Option<Value> {
    let Kind::Map(ty, entries) = &v.kind else { return None };
    entries.values().any(Value::is_null).then(|| {
        let kept = entries.iter().filter(|(_, e)| !e.is_null()).map(|(k, e)| (k.clone(), e.clone()));
        Value { kind: Kind::Map(ty.clone(), Arc::new(kept.collect())), ..v.clone() }
    })
}

fn is_empty(v: &Value) -> bool {
    v.as_items().is_some_and(<[Value]>::is_empty) || v.as_entries().is_some_and(BTreeMap::is_empty)
}

/// A list, set or map of strings, numbers or booleans.
fn is_plain_collection(ty: &Type) -> bool {
    match ty {
        Type::List(t) | Type::Set(t) | Type::Map(t) => {
            matches!(**t, Type::Bool | Type::Number | Type::String)
        }
        _ => false,
    }
}

/// The older SDK knows a plain collection as a whole or not at all.
fn whole_or_unknown(v: &Value, ty: &Type) -> Value {
    if v.is_unknown() || v.is_wholly_known() {
        return v.clone();
    }
    let unknown = match &v.kind {
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            items.iter().find(|i| i.is_unknown())
        }
        Kind::Map(_, entries) | Kind::Object(entries) => entries.values().find(|i| i.is_unknown()),
        _ => None,
    };
    let reason = unknown.and_then(Value::reason).cloned().unwrap_or(Reason::Plan);
    let kind = Kind::Unknown(Arc::new(Unknown::new(ty.clone(), reason)));
    Value { kind, sensitive: v.has_sensitive(), ..v.clone() }
}

/// Elements of a set are rebuilt by the older SDK, which has no null: what is not set is empty.
fn filled_elements(v: &Value) -> Value {
    let Kind::Set(Type::Object(types), items) = &v.kind else { return v.clone() };
    let mut out = Vec::with_capacity(items.len());
    for item in items.iter() {
        let Kind::Object(members) = &item.kind else {
            out.push(item.clone());
            continue;
        };
        let mut filled = BTreeMap::new();
        for (name, member) in members.iter() {
            let ty = types.get(name).map_or(&Type::Any, |t| &t.ty);
            let shown = match (&member.kind, empty(ty)) {
                // Rules of security groups: names of protocols.
                (Kind::String(s), _) if &**name == "protocol" && members.contains_key("security_groups") => {
                    Value { kind: Kind::String(protocol(s).into()), ..member.clone() }
                }
                (Kind::Null(_), Some(kind)) => Value { kind, ..member.clone() },
                _ if is_plain_collection(ty) => whole_or_unknown(member, ty),
                _ => member.clone(),
            };
            filled.insert(name.clone(), shown);
        }
        out.push(Value { kind: Kind::Object(Arc::new(filled)), ..item.clone() });
    }
    Value { kind: Kind::Set(Type::Object(types.clone()), Arc::new(out)), ..v.clone() }
}

/// The empty value of a type, as Go has it; numbers stay null, as real plans show.
fn empty(ty: &Type) -> Option<Kind> {
    Some(match ty {
        Type::Bool => Kind::Bool(false),
        Type::String => Kind::String("".into()),
        Type::List(t) => Kind::List((**t).clone(), Arc::default()),
        Type::Set(t) => Kind::Set((**t).clone(), Arc::default()),
        Type::Map(t) => Kind::Map((**t).clone(), Arc::default()),
        Type::Any | Type::Number | Type::Tuple(_) | Type::Object(_) => return None,
    })
}
