//! Conversions from and to Rust types and `serde_json`.

use std::collections::BTreeMap;

use super::{Number, Value};

impl Value {
    /// Returns the value as `serde_json`: sets become sorted arrays, keys that are no strings their JSON text.
    ///
    /// A number that `serde_json` cannot hold exactly becomes the nearest float.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Value::Null => serde_json::Value::Null,
            Value::Bool(flag) => serde_json::Value::Bool(*flag),
            Value::Number(number) => number_to_json(number),
            Value::String(text) => serde_json::Value::String(text.to_string()),
            Value::Array(items) => items.iter().map(Value::to_json).collect(),
            Value::Set(items) => items.iter().map(Value::to_json).collect(),
            Value::Object(entries) => {
                let entries = entries.iter().map(|(key, value)| (key.to_key(), value.to_json()));
                serde_json::Value::Object(entries.collect())
            }
        }
    }

    /// Returns the text that stands for this value as a key of a JSON object.
    pub fn to_key(&self) -> String {
        match self {
            Value::String(text) => text.to_string(),
            other => other.to_json_string(),
        }
    }
}

fn number_to_json(number: &Number) -> serde_json::Value {
    if let Some(small) = number.as_i64().filter(|_| number.is_integer()) {
        return small.into();
    }
    serde_json::from_str(&number.to_string()).unwrap_or(serde_json::Value::Null)
}

impl From<&serde_json::Value> for Value {
    fn from(json: &serde_json::Value) -> Self {
        match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(flag) => Value::Bool(*flag),
            serde_json::Value::Number(number) => match number.as_i64() {
                Some(small) => Value::from(small),
                None => Number::parse(&number.to_string()).map_or(Value::Null, Value::Number),
            },
            serde_json::Value::String(text) => Value::string(text),
            serde_json::Value::Array(items) => Value::array(items.iter().map(Value::from).collect()),
            serde_json::Value::Object(entries) => Value::object(
                entries.iter().map(|(key, value)| (Value::string(key), Value::from(value))).collect(),
            ),
        }
    }
}

impl From<serde_json::Value> for Value {
    fn from(json: serde_json::Value) -> Self {
        Value::from(&json)
    }
}

impl From<&Value> for serde_json::Value {
    fn from(value: &Value) -> Self {
        value.to_json()
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Value::Bool(flag)
    }
}

impl From<i64> for Value {
    fn from(small: i64) -> Self {
        Value::Number(Number::from(small))
    }
}

impl From<i32> for Value {
    fn from(small: i32) -> Self {
        Value::from(i64::from(small))
    }
}

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        match i64::try_from(count) {
            Ok(small) => Value::from(small),
            Err(_) => Value::Number(Number::from_big(count.into())),
        }
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        Value::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::string(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::String(text.into())
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Value::array(items)
    }
}

impl<K: Into<Value>> FromIterator<(K, Value)> for Value {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(entries: I) -> Self {
        Value::object(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }
}

impl From<BTreeMap<String, Value>> for Value {
    fn from(entries: BTreeMap<String, Value>) -> Self {
        entries.into_iter().collect()
    }
}
