//! Objects that rules with variables in their heads build up, path by path.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Value;
use crate::value::{Object, SetBuilder};

#[derive(Default)]
pub(super) struct Tree {
    entries: BTreeMap<Value, Entry>,
}

enum Entry {
    Value(Value),
    Members(SetBuilder),
    Tree(Tree),
}

impl Tree {
    /// Puts a value at a path, or adds a member to the set there; false if there is something else already.
    pub(super) fn insert(&mut self, path: &[Value], value: Value, member: bool) -> bool {
        use std::collections::btree_map::Entry as Place;
        let Some((key, rest)) = path.split_first() else { return false };
        match self.entries.entry(key.clone()) {
            Place::Vacant(place) => {
                let entry = match rest {
                    [] if member => {
                        let mut members = SetBuilder::default();
                        members.insert(value);
                        Entry::Members(members)
                    }
                    [] => Entry::Value(value),
                    _ => {
                        let mut tree = Tree::default();
                        tree.insert(rest, value, member);
                        Entry::Tree(tree)
                    }
                };
                place.insert(entry);
                true
            }
            Place::Occupied(mut place) => match (place.get_mut(), rest) {
                (Entry::Value(known), []) => !member && *known == value,
                (Entry::Members(members), []) if member => {
                    members.insert(value);
                    true
                }
                (Entry::Tree(tree), [_, ..]) => tree.insert(rest, value, member),
                _ => false,
            },
        }
    }

    /// Puts a value at a path; objects are merged with what is there.
    pub(super) fn merge(&mut self, path: &[Value], value: &Value) -> bool {
        let Some((key, rest)) = path.split_first() else { return false };
        match self.entries.get_mut(key) {
            None => self.insert(path, value.clone(), false),
            Some(Entry::Tree(tree)) if !rest.is_empty() => tree.merge(rest, value),
            Some(Entry::Tree(tree)) => match value {
                Value::Object(entries) => {
                    entries.iter().all(|(key, value)| tree.merge(std::slice::from_ref(key), value))
                }
                _ => false,
            },
            Some(Entry::Value(known)) => rest.is_empty() && *known == *value,
            Some(Entry::Members(members)) => match value {
                Value::Set(items) if rest.is_empty() => {
                    items.iter().cloned().for_each(|item| members.insert(item));
                    true
                }
                _ => false,
            },
        }
    }

    pub(super) fn finish(self) -> Value {
        let entries = self.entries.into_iter().map(|(key, entry)| {
            let value = match entry {
                Entry::Value(value) => value,
                Entry::Members(members) => Value::Set(Arc::new(members.finish())),
                Entry::Tree(tree) => tree.finish(),
            };
            (key, value)
        });
        Value::Object(Arc::new(Object::from_sorted(entries.collect())))
    }
}
