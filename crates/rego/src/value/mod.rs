//! Values of the policy language: JSON and sets, cheap to clone, in one total order.
//!
//! What enters: JSON text, `serde_json` values, terms that evaluation builds. What leaves: ordered, immutable
//! values. Containers are sorted vectors behind `Arc`, and know how deeply they nest, so that nobody has to walk
//! (or drop) a value deeper than [`MAX_DEPTH`].
//!
//! [`Value`] is `non_exhaustive`: a value that is not known before apply becomes a variant of its own.

mod container;
mod convert;
mod decimal;
mod json;
mod number;
mod print;

use std::cmp::Ordering;
use std::sync::Arc;

pub use container::{Array, Object, ObjectBuilder, Set, SetBuilder};
pub use json::JsonError;
pub use number::Number;
pub(crate) use print::write_string;

/// The deepest nesting that a value may have, in containers.
pub const MAX_DEPTH: u32 = 1_000;

/// The most values that one may unfold to, shared parts counted as often as they occur.
pub(crate) const MAX_WEIGHT: u32 = 1 << 26;

/// A value of the policy language.
///
/// Values have OPA's total order: null, booleans, numbers, strings, arrays, objects, sets.
///
/// ```
/// use trueline_rego::Value;
/// let value = Value::parse_json(r#"{"b": [1, 2.50], "a": null}"#).unwrap();
/// assert_eq!(value.get("b").and_then(|list| list.index(0)), Some(&Value::from(1)));
/// assert_eq!(value.to_string(), r#"{"a": null, "b": [1, 2.50]}"#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, exact.
    Number(Number),
    /// A string.
    String(Arc<str>),
    /// An array.
    Array(Arc<Array>),
    /// An object; keys may be any value.
    Object(Arc<Object>),
    /// A set.
    Set(Arc<Set>),
}

impl Value {
    /// Makes a string.
    pub fn string(text: impl AsRef<str>) -> Self {
        Value::String(Arc::from(text.as_ref()))
    }

    /// Makes an array.
    pub fn array(items: Vec<Value>) -> Self {
        Value::Array(Arc::new(Array::new(items)))
    }

    /// Makes a set; duplicates count once.
    pub fn set(items: Vec<Value>) -> Self {
        Value::Set(Arc::new(Set::new(items)))
    }

    /// Makes an object; of two entries with the same key the later one stays.
    pub fn object(entries: Vec<(Value, Value)>) -> Self {
        Value::Object(Arc::new(Object::new(entries)))
    }

    /// Makes a value whose containers share their places in memory with no other.
    pub(crate) fn apart(&self) -> Value {
        match self {
            Value::Array(items) => Value::array(items.iter().map(Value::apart).collect()),
            Value::Object(entries) => {
                let mut apart = ObjectBuilder::default();
                for (key, value) in entries.iter() {
                    apart.replace(key.clone(), value.apart());
                }
                Value::Object(Arc::new(apart.finish()))
            }
            other => other.clone(),
        }
    }

    /// Makes an empty object.
    pub fn empty_object() -> Self {
        Value::object(Vec::new())
    }

    /// Tells how deeply containers nest; 0 for a scalar.
    pub fn depth(&self) -> u32 {
        match self {
            Value::Array(array) => array.depth(),
            Value::Object(object) => object.depth(),
            Value::Set(set) => set.depth(),
            _ => 0,
        }
    }

    /// Tells how many values are inside, this one counted, and shared ones as often as they occur.
    pub fn weight(&self) -> u32 {
        match self {
            Value::Array(array) => array.weight(),
            Value::Object(object) => object.weight(),
            Value::Set(set) => set.weight(),
            _ => 1,
        }
    }

    /// Tells whether a value nests too deeply, or unfolds to too many, to be worked with.
    pub(crate) fn is_too_big(&self) -> bool {
        self.depth() > MAX_DEPTH || self.weight() > MAX_WEIGHT
    }

    /// Returns the name of the type, as `type_name` does.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
            Value::Set(_) => "set",
        }
    }

    /// Returns the text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    /// Returns a number.
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Returns a whole number that fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number().and_then(Number::as_i64)
    }

    /// Returns the elements of an array.
    pub fn as_array(&self) -> Option<&Array> {
        match self {
            Value::Array(array) => Some(array),
            _ => None,
        }
    }

    /// Returns the entries of an object.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Returns the members of a set.
    pub fn as_set(&self) -> Option<&Set> {
        match self {
            Value::Set(set) => Some(set),
            _ => None,
        }
    }

    /// Looks a string key up in an object.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_object()?.get_str(key)
    }

    /// Returns the element of an array at this index.
    pub fn index(&self, at: usize) -> Option<&Value> {
        self.as_array()?.get(at)
    }

    /// Looks an element up as a reference does: index, key, or member of a set.
    pub fn lookup(&self, key: &Value) -> Option<&Value> {
        match self {
            Value::Array(array) => {
                let at = key.as_i64()?;
                array.get(usize::try_from(at).ok()?)
            }
            Value::Object(object) => object.get(key),
            Value::Set(set) => set.get(key),
            _ => None,
        }
    }

    /// Tells whether this counts as true in a rule body: anything but `false`.
    pub fn is_truthy(&self) -> bool {
        !matches!(self, Value::Bool(false))
    }

    fn rank(&self) -> u8 {
        match self {
            Value::Null => 0,
            Value::Bool(_) => 1,
            Value::Number(_) => 2,
            Value::String(_) => 3,
            Value::Array(_) => 4,
            Value::Object(_) => 5,
            Value::Set(_) => 6,
        }
    }
}

impl Ord for Value {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Value::String(a), Value::String(b)) => a.cmp(b),
            (Value::Number(a), Value::Number(b)) => a.cmp(b),
            (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
            (Value::Array(a), Value::Array(b)) => same_or(a, b, Array::cmp),
            (Value::Object(a), Value::Object(b)) => same_or(a, b, Object::cmp),
            (Value::Set(a), Value::Set(b)) => same_or(a, b, Set::cmp),
            _ => self.rank().cmp(&other.rank()),
        }
    }
}

/// Saves the walk when both sides are the very same container.
fn same_or<T>(a: &Arc<T>, b: &Arc<T>, compare: impl Fn(&T, &T) -> Ordering) -> Ordering {
    if Arc::ptr_eq(a, b) { Ordering::Equal } else { compare(a, b) }
}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_opas_total_order() {
        let text = r#"[null, false, true, -1, 1.5, 2, "", "a", [], [1], {}, {"a": 1}]"#;
        let Value::Array(sorted) = Value::parse_json(text).unwrap() else { panic!("not an array") };
        let mut all: Vec<Value> = sorted.iter().cloned().collect();
        all.push(Value::set(vec![]));
        for pair in all.windows(2) {
            assert!(pair[0] < pair[1], "{} < {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn equal_numbers_are_equal_keys() {
        let set = Value::set(vec![Value::parse_json("1.0").unwrap(), Value::from(1)]);
        assert_eq!(set.as_set().map(|set| set.len()), Some(1));
    }
}
