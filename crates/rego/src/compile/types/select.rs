//! What is inside values of a type: keys, values, elements.

use crate::Value;

use super::Type;

/// Returns the type of the keys; nothing if there are none.
pub(super) fn keys(of: &Type) -> Option<Type> {
    match of {
        Type::Array(_) => Some(Type::Number),
        Type::Set(member) => Some(member.as_ref().clone()),
        Type::Object(parts) => {
            let (entries, rest) = parts.as_ref();
            let fixed = entries.iter().map(|(key, _)| Type::of(key));
            let all = fixed.chain(rest.iter().map(|(key, _)| key.clone())).reduce(Type::or);
            Some(all.unwrap_or_else(Type::any))
        }
        Type::Any(types) if types.is_empty() => Some(Type::any()),
        Type::Any(types) => types.iter().filter_map(keys).reduce(Type::or),
        Type::Null | Type::Bool | Type::Number | Type::String => None,
    }
}

/// Returns the type of the values; anything if it is not known.
pub(super) fn values(of: &Type) -> Type {
    let found = match of {
        Type::Array(parts) => {
            let (items, rest) = parts.as_ref();
            items.iter().chain(rest).cloned().reduce(Type::or)
        }
        Type::Set(member) => Some(member.as_ref().clone()),
        Type::Object(parts) => {
            let (entries, rest) = parts.as_ref();
            let fixed = entries.iter().map(|(_, value)| value.clone());
            fixed.chain(rest.iter().map(|(_, value)| value.clone())).reduce(Type::or)
        }
        Type::Any(types) => types.iter().filter(|inner| keys(inner).is_some()).map(values).reduce(Type::or),
        Type::Null | Type::Bool | Type::Number | Type::String => None,
    };
    found.unwrap_or_else(Type::any)
}

/// Returns the type of the element with this key; nothing if there is no such element.
pub(super) fn select(of: &Type, key: &Value) -> Option<Type> {
    match of {
        Type::Array(parts) => {
            let (items, rest) = parts.as_ref();
            let index = key.as_i64()?;
            let fixed = usize::try_from(index).ok().and_then(|index| items.get(index)).cloned();
            fixed.or_else(|| rest.clone())
        }
        Type::Set(member) => super::unify::unifies(member, &Type::of(key)).then(|| member.as_ref().clone()),
        Type::Object(parts) => {
            let (entries, rest) = parts.as_ref();
            let fixed = entries.iter().find(|(have, _)| have == key).map(|(_, value)| value.clone());
            fixed.or_else(|| {
                let (keys, value) = rest.as_ref()?;
                super::unify::unifies(keys, &Type::of(key)).then(|| value.clone())
            })
        }
        Type::Any(types) if types.is_empty() => Some(Type::any()),
        Type::Any(types) => types.iter().filter_map(|inner| select(inner, key)).reduce(Type::or),
        Type::Null | Type::Bool | Type::Number | Type::String => None,
    }
}

/// Returns the keys that are known.
pub(super) fn known_keys(of: &Type) -> Vec<Value> {
    let mut found = match of {
        Type::Object(parts) => parts.0.iter().map(|(key, _)| key.clone()).collect(),
        Type::Any(types) => types.iter().flat_map(known_keys).collect(),
        _ => Vec::new(),
    };
    found.sort();
    found.dedup();
    found
}
