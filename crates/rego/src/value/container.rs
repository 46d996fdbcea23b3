//! Arrays, sets and objects: immutable, sorted where order has no meaning, aware of their depth.

use std::cmp::Ordering;
use std::ops::Deref;

use super::Value;

/// An array of values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Array {
    items: Vec<Value>,
    depth: u32,
    weight: u32,
}

impl Array {
    /// Makes an array of these elements.
    pub fn new(items: Vec<Value>) -> Self {
        let (depth, weight) = measure(items.iter());
        Array { items, depth, weight }
    }

    /// Tells how deeply containers nest, this one counted.
    pub fn depth(&self) -> u32 {
        self.depth
    }

    /// Tells how many values are inside, this one counted, and shared ones as often as they occur.
    pub fn weight(&self) -> u32 {
        self.weight
    }
}

impl Deref for Array {
    type Target = [Value];
    fn deref(&self) -> &[Value] {
        &self.items
    }
}

/// A set of values, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Set {
    items: Vec<Value>,
    depth: u32,
    weight: u32,
}

impl Set {
    /// Makes a set of these members; duplicates count once.
    pub fn new(mut items: Vec<Value>) -> Self {
        if !items.is_sorted_by(|a, b| a < b) {
            items.sort();
            items.dedup();
        }
        Set::from_sorted(items)
    }

    /// Makes a set of members that are sorted and distinct already.
    pub(crate) fn from_sorted(items: Vec<Value>) -> Self {
        let (depth, weight) = measure(items.iter());
        Set { items, depth, weight }
    }

    /// Tells how deeply containers nest, this one counted.
    pub fn depth(&self) -> u32 {
        self.depth
    }

    /// Tells how many values are inside, this one counted, and shared ones as often as they occur.
    pub fn weight(&self) -> u32 {
        self.weight
    }

    /// Returns the member that equals this value.
    pub fn get(&self, member: &Value) -> Option<&Value> {
        let at = self.items.binary_search(member).ok()?;
        self.items.get(at)
    }

    /// Tells whether the value is a member.
    pub fn contains(&self, member: &Value) -> bool {
        self.items.binary_search(member).is_ok()
    }
}

impl Deref for Set {
    type Target = [Value];
    fn deref(&self) -> &[Value] {
        &self.items
    }
}

/// An object, sorted by key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Object {
    entries: Vec<(Value, Value)>,
    depth: u32,
    weight: u32,
}

impl Object {
    /// Makes an object; of two entries with the same key the later one stays.
    pub fn new(mut entries: Vec<(Value, Value)>) -> Self {
        if !entries.is_sorted_by(|a, b| a.0 < b.0) {
            entries.sort_by(|a, b| a.0.cmp(&b.0)); // stable: later duplicates stay behind earlier ones
            entries.reverse();
            entries.dedup_by(|a, b| a.0 == b.0);
            entries.reverse();
        }
        Object::from_sorted(entries)
    }

    /// Makes an object of entries whose keys are sorted and distinct already.
    pub(crate) fn from_sorted(entries: Vec<(Value, Value)>) -> Self {
        let (depth, weight) = measure(entries.iter().flat_map(|(key, value)| [key, value]));
        Object { entries, depth, weight }
    }

    /// Tells how deeply containers nest, this one counted.
    pub fn depth(&self) -> u32 {
        self.depth
    }

    /// Tells how many values are inside, this one counted, and shared ones as often as they occur.
    pub fn weight(&self) -> u32 {
        self.weight
    }

    /// Returns the number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Tells whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the value of a key.
    pub fn get(&self, key: &Value) -> Option<&Value> {
        let at = self.entries.binary_search_by(|entry| entry.0.cmp(key)).ok()?;
        self.entries.get(at).map(|entry| &entry.1)
    }

    /// Returns the value of a string key.
    pub fn get_str(&self, key: &str) -> Option<&Value> {
        let at = self.entries.binary_search_by(|(have, _)| match have {
            Value::String(text) => text.as_ref().cmp(key),
            other if other.rank() < STRING_RANK => Ordering::Less,
            _ => Ordering::Greater,
        });
        self.entries.get(at.ok()?).map(|entry| &entry.1)
    }

    /// Iterates over the entries in the order of their keys.
    pub fn iter(&self) -> std::slice::Iter<'_, (Value, Value)> {
        self.entries.iter()
    }

    /// Iterates over the keys in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &Value> {
        self.entries.iter().map(|entry| &entry.0)
    }

    /// Iterates over the values in the order of their keys.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Value> {
        self.entries.iter().map(|entry| &entry.1)
    }

    /// Returns the entry at this place in the order of keys.
    pub fn entry(&self, at: usize) -> Option<&(Value, Value)> {
        self.entries.get(at)
    }
}

const STRING_RANK: u8 = 3;

/// Returns depth and weight of a container of these values.
fn measure<'v>(items: impl Iterator<Item = &'v Value>) -> (u32, u32) {
    let (depth, weight) = items.fold((0, 0u32), |(depth, weight): (u32, u32), item| {
        (depth.max(item.depth()), weight.saturating_add(item.weight()))
    });
    (depth.saturating_add(1), weight.saturating_add(1))
}

/// Collects members of a set; memory follows the distinct ones, not the added ones.
#[derive(Debug, Default)]
pub struct SetBuilder {
    items: Vec<Value>,
    sorted: usize,
}

impl SetBuilder {
    /// Adds a member.
    pub fn insert(&mut self, member: Value) {
        self.items.push(member);
        if self.items.len() >= self.sorted.saturating_mul(2).max(64) {
            self.compact();
        }
    }

    fn compact(&mut self) {
        self.items.sort();
        self.items.dedup();
        self.sorted = self.items.len();
    }

    /// Returns the set.
    pub fn finish(mut self) -> Set {
        if !self.items.is_sorted_by(|a, b| a < b) {
            self.compact();
        }
        Set::from_sorted(self.items)
    }
}

/// Collects entries of an object and notices keys that get two values.
#[derive(Debug, Default)]
pub struct ObjectBuilder {
    entries: std::collections::BTreeMap<Value, Value>,
}

impl ObjectBuilder {
    /// Adds an entry; returns false, and keeps the first, if the key has a different value already.
    pub fn insert(&mut self, key: Value, value: Value) -> bool {
        use std::collections::btree_map::Entry;
        match self.entries.entry(key) {
            Entry::Vacant(place) => {
                place.insert(value);
                true
            }
            Entry::Occupied(place) => *place.get() == value,
        }
    }

    /// Returns the value of a key that was added.
    pub fn get(&self, key: &Value) -> Option<&Value> {
        self.entries.get(key)
    }

    /// Sets the value of a key, whatever it was.
    pub fn replace(&mut self, key: Value, value: Value) {
        self.entries.insert(key, value);
    }

    /// Returns the number of entries so far.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Tells whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the object.
    pub fn finish(self) -> Object {
        Object::from_sorted(self.entries.into_iter().collect())
    }
}
