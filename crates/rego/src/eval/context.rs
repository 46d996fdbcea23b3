//! What a run sees: input, data, replaced functions; and what it has found out so far.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::rc::Rc;
use std::sync::Arc;

use crate::Value;
use crate::compile::ir::{Function, NodeId};

use super::sources::Note;

/// Values of rules and calls that are known already.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    pub(crate) documents: HashMap<NodeId, Option<Value>>,
    pub(crate) calls: HashMap<(NodeId, Vec<Argument>), Option<Value>>,
    /// What rules rest on, where somebody asks.
    pub(crate) notes: HashMap<NodeId, Note>,
    /// What calls rest on.
    pub(crate) call_notes: HashMap<(NodeId, Vec<Argument>), Note>,
}

/// An argument as a key: scalars by value, containers by identity, so that looking one up never walks it.
#[derive(Debug, Clone)]
pub(crate) struct Argument(pub(crate) Value);

impl Argument {
    fn identity(&self) -> Option<usize> {
        match &self.0 {
            Value::Array(items) => Some(Arc::as_ptr(items).cast::<u8>() as usize),
            Value::Set(items) => Some(Arc::as_ptr(items).cast::<u8>() as usize),
            Value::Object(entries) => Some(Arc::as_ptr(entries).cast::<u8>() as usize),
            _ => None,
        }
    }
}

impl PartialEq for Argument {
    fn eq(&self, other: &Self) -> bool {
        match (self.identity(), other.identity()) {
            (Some(a), Some(b)) => a == b,
            (None, None) => self.0 == other.0,
            _ => false,
        }
    }
}

impl Eq for Argument {}

impl Hash for Argument {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.identity() {
            Some(identity) => identity.hash(state),
            None => self.0.hash(state),
        }
    }
}

/// Input, data and functions, as `with` makes them.
pub(crate) struct Context {
    pub(crate) input: Option<Value>,
    pub(crate) data: Value,
    /// Paths below `data` whose rules are replaced by data.
    pub(crate) hidden: Vec<Vec<Value>>,
    pub(crate) functions: Vec<(Key, Stand)>,
    pub(crate) cache: RefCell<Cache>,
    pub(crate) outer: Option<Rc<Context>>,
}

/// Which function is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    Builtin(&'static str),
    Node(NodeId),
}

impl Key {
    pub(crate) fn of(function: &Function) -> Self {
        match function {
            Function::Builtin(builtin) => Key::Builtin(builtin.name),
            Function::Node(node) => Key::Node(*node),
        }
    }
}

/// What stands in for a function.
#[derive(Clone)]
pub(crate) enum Stand {
    Value(Value),
    Function(Function),
}

impl Context {
    pub(crate) fn new(input: Option<Value>, data: Value, cache: Cache) -> Self {
        let cache = RefCell::new(cache);
        Context { input, data, hidden: Vec::new(), functions: Vec::new(), cache, outer: None }
    }

    pub(crate) fn stand_in(&self, key: &Key) -> Option<Stand> {
        self.functions.iter().rev().find(|(replaced, _)| replaced == key).map(|(_, stand)| stand.clone())
    }

    /// Tells whether the rules of this path are replaced.
    pub(crate) fn hides(&self, path: &[Value]) -> bool {
        self.hidden.iter().any(|hidden| path.starts_with(hidden))
    }
}

/// Returns the value with one at this path set.
pub(crate) fn put(value: Option<&Value>, path: &[Value], new: Value) -> Value {
    let Some((key, rest)) = path.split_first() else { return new };
    let object = value.and_then(Value::as_object);
    let inner = put(object.and_then(|object| object.get(key)), rest, new);
    let mut entries: Vec<(Value, Value)> =
        object.map(|object| object.iter().cloned().collect()).unwrap_or_default();
    entries.push((key.clone(), inner));
    Value::object(entries)
}
