//! Defaults of a provider, what it plans instead of what is written, and on which other arguments both hang.
//!
//! What was mined is a value, and maybe conditions: the kinds of values that other arguments had wherever it was
//! seen. A default under conditions that are not met is not known.

use serde_json::{Map, Value as Json};

use super::DigestError;

/// Kind of an argument that is not set.
pub const UNSET: &str = "-";
/// Kind of a value that only apply tells.
pub const UNKNOWN: &str = "?";
/// Kind of any value that is not one of few; those are `=true`, `=network`.
pub const SET: &str = "*";

/// Routes from the resource, without indices, each with the kinds of values that it must have.
pub type Conditions = Vec<(Box<str>, Vec<Box<str>>)>;

/// What the provider plans where the source leaves an attribute out.
#[derive(Clone, Debug, PartialEq)]
pub struct MinedDefault {
    /// The value.
    pub value: Json,
    /// Where it holds; everywhere if there are none.
    pub when: Conditions,
}

/// What the provider plans instead of what is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Instead {
    /// The value; none if only apply tells.
    pub value: Option<Json>,
    /// Where; everywhere if there are none.
    pub when: Conditions,
}

impl MinedDefault {
    /// Reads `{"value": …, "when": {ROUTE: [KIND…]}}`.
    pub fn read(json: &Json) -> Result<Self, DigestError> {
        let value = json.get("value").cloned().ok_or(DigestError::Damaged("a default"))?;
        Ok(Self { value, when: conditions(json) })
    }

    /// Reads what [`Self::write`] wrote.
    pub(super) fn parse(text: &str) -> Result<Self, DigestError> {
        Self::read(&json(text)?)
    }

    /// JSON text, the same for the same default.
    pub fn write(&self) -> String {
        written(Some(&self.value), &self.when)
    }
}

impl Instead {
    /// Reads `{"value": …, "when": {ROUTE: [KIND…]}}`, without a value for what is unknown.
    pub fn read(json: &Json) -> Self {
        Self { value: json.get("value").cloned(), when: conditions(json) }
    }

    /// Reads what [`Self::write`] wrote.
    pub(super) fn parse(text: &str) -> Result<Self, DigestError> {
        Ok(Self::read(&json(text)?))
    }

    /// JSON text, the same for the same override.
    pub fn write(&self) -> String {
        written(self.value.as_ref(), &self.when)
    }
}

fn json(text: &str) -> Result<Json, DigestError> {
    serde_json::from_str(text).map_err(|_| DigestError::Damaged("a default"))
}

fn conditions(json: &Json) -> Conditions {
    let when = json.get("when").and_then(Json::as_object).into_iter().flatten();
    let kinds =
        |k: &Json| k.as_array().into_iter().flatten().filter_map(Json::as_str).map(Box::from).collect();
    when.map(|(route, k)| (route.as_str().into(), kinds(k))).collect()
}

fn written(value: Option<&Json>, when: &Conditions) -> String {
    let mut out = Map::new();
    if let Some(v) = value {
        out.insert("value".into(), v.clone());
    }
    if !when.is_empty() {
        let kinds = |k: &[Box<str>]| k.iter().map(|k| Json::from(&**k)).collect::<Vec<_>>();
        let when = when.iter().map(|(r, k)| (r.to_string(), Json::from(kinds(k))));
        out.insert("when".into(), Json::Object(when.collect()));
    }
    Json::Object(out).to_string()
}
