//! Types: what is known of values before anything runs.
//!
//! What enters: lowered rules in the order of their dependencies. What leaves: type errors in OPA's words. A type is
//! a promise of what a value may be; two types clash only if no value can be of both.

mod calls;
mod check;
mod infer;
mod references;
mod replaced;
mod schema;
mod scopes;
mod select;
mod show;
mod signature;
mod size;
mod unify;

use std::sync::{Arc, LazyLock};

use crate::Value;

pub(crate) use calls::wrong_arity;
pub(crate) use check::{Checked, Checker};
pub(crate) use scopes::{Scopes, Written};
pub(crate) use signature::Signature;

/// Entries whose keys are known.
pub(crate) type Fields = Vec<(Value, Type)>;
/// Types of other keys and values, if there may be more.
pub(crate) type Rest = Option<(Type, Type)>;

/// What values may be; in OPA's order.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub(crate) enum Type {
    Null,
    Bool,
    Number,
    String,
    /// The first elements, and what the rest are, if there may be more.
    Array(Arc<(Vec<Type>, Option<Type>)>),
    /// The known entries, and the types of other keys and values, if there may be more.
    Object(Arc<(Fields, Rest)>),
    Set(Arc<Type>),
    /// One of these; of none: anything.
    Any(Arc<Vec<Type>>),
}

/// The longest array and the largest object whose elements have types of their own.
const MAX_STATIC: usize = 64;

impl Type {
    pub(crate) fn any() -> Self {
        static ANY: LazyLock<Arc<Vec<Type>>> = LazyLock::new(Arc::default);
        Type::Any(ANY.clone())
    }

    pub(crate) fn is_any(&self) -> bool {
        matches!(self, Type::Any(types) if types.is_empty())
    }

    pub(crate) fn array_of(item: Type) -> Self {
        Type::Array(Arc::new((Vec::new(), Some(item)))).bounded()
    }

    pub(crate) fn object_of(key: Type, value: Type) -> Self {
        Type::Object(Arc::new((Vec::new(), Some((key, value))))).bounded()
    }

    pub(crate) fn set_of(member: Type) -> Self {
        Type::Set(Arc::new(member)).bounded()
    }

    /// Makes the type of an array of these elements; an empty one may be any array, as OPA has it.
    pub(crate) fn tuple(items: Vec<Type>) -> Self {
        if items.is_empty() || items.len() > MAX_STATIC {
            return Type::array_of(items.into_iter().reduce(Type::or).unwrap_or_else(Type::any));
        }
        Type::Array(Arc::new((items, None))).bounded()
    }

    /// Makes the type of an object of these entries; an empty one may be any object.
    pub(crate) fn record(entries: Vec<(Value, Type)>) -> Self {
        if entries.is_empty() || entries.len() > MAX_STATIC {
            let keys = entries.iter().map(|(key, _)| Type::of(key)).reduce(Type::or);
            let values = entries.iter().map(|(_, value)| value.clone()).reduce(Type::or);
            return Type::object_of(keys.unwrap_or_else(Type::any), values.unwrap_or_else(Type::any));
        }
        Type::Object(Arc::new((entries, None))).bounded()
    }

    /// Returns the type of a value.
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Type::Null,
            Value::Bool(_) => Type::Bool,
            Value::Number(_) => Type::Number,
            Value::String(_) => Type::String,
            Value::Array(items) => Type::tuple(items.iter().map(Type::of).collect()),
            Value::Set(items) => {
                Type::set_of(items.iter().map(Type::of).reduce(Type::or).unwrap_or_else(Type::any))
            }
            Value::Object(entries) => {
                Type::record(entries.iter().map(|(key, value)| (key.clone(), Type::of(value))).collect())
            }
        }
    }

    /// Makes the type of values that are of one of two types.
    pub(crate) fn or(self, other: Type) -> Self {
        if self.is_any() || self == other {
            return self;
        }
        if other.is_any() {
            return other;
        }
        let mut types = match self {
            Type::Any(types) => types.to_vec(),
            single => vec![single],
        };
        let mut add = |new: Type| {
            if !types.contains(&new) && types.len() < MAX_STATIC {
                types.push(new);
            }
        };
        match other {
            Type::Any(others) => others.iter().cloned().for_each(&mut add),
            single => add(single),
        }
        // Too many to tell apart: anything.
        if types.len() >= MAX_STATIC {
            return Type::any();
        }
        types.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
        Type::Any(Arc::new(types)).bounded()
    }
}

#[cfg(test)]
mod tests;
