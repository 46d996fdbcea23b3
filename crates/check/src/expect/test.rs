//! Tests of a value: yes, no, or open, and why.

use regex::Regex;
use serde_json::{Map, Value as Json};
use trueline_model::{Kind, Origin, Reason, Route, Value, Via};

use crate::fixed::is_fixed;

/// Keys of tests.
pub(super) const KEYS: [&str; 12] = [
    "equals",
    "in",
    "not_in",
    "at_least",
    "at_most",
    "matches",
    "never",
    "set",
    "absent",
    "includes",
    "has",
    "not_equals",
];

/// Whether something holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// For certain.
    Yes,
    /// For certain not.
    No,
    /// It hangs on this.
    Open(String),
}

/// What must hold of a value.
#[derive(Clone, Debug)]
pub(crate) struct Test {
    /// The comparison.
    pub kind: Comparison,
    /// It holds where nothing is set, too.
    pub or_unset: bool,
    /// It has to be written: what the provider fills in does not count.
    pub stated: bool,
    /// Other values with which it holds.
    pub or: Vec<Json>,
}

/// A comparison.
#[derive(Clone, Debug)]
pub(crate) enum Comparison {
    /// This value.
    Equals(Json),
    /// One of these.
    In(Vec<Json>),
    /// None of these.
    NotIn(Vec<Json>),
    /// This number or more.
    AtLeast(f64),
    /// This number or less.
    AtMost(f64),
    /// The whole text matches.
    Matches(Regex),
    /// Nothing in the text matches.
    Never(Regex),
    /// Something is given; a reference that is known after apply counts.
    Set,
    /// Nothing is given.
    Absent,
    /// A collection that has all of these.
    Includes(Vec<Json>),
    /// Blocks or elements of which one at least passes all of these.
    Has(Vec<(Route, Test)>),
}

impl Test {
    /// The value is this one.
    pub fn equals(value: Json) -> Self {
        Self { kind: Comparison::Equals(value), or_unset: false, stated: false, or: Vec::new() }
    }

    /// True if each element of a collection is asked, and not the collection.
    pub fn asks_elements(&self) -> bool {
        match &self.kind {
            Comparison::Set | Comparison::Absent | Comparison::Includes(_) | Comparison::Has(_) => false,
            Comparison::Equals(v) => !v.is_array() && !v.is_object(),
            _ => true,
        }
    }

    /// Whether it holds where nothing is set.
    pub fn of_nothing(&self) -> bool {
        self.or_unset
            || match &self.kind {
                Comparison::Absent | Comparison::NotIn(_) | Comparison::Never(_) => true,
                Comparison::Equals(v) => v.is_null(),
                Comparison::Includes(all) => all.is_empty(),
                _ => false,
            }
    }

    /// Whether it holds of a value.
    pub fn of(&self, value: &Value) -> Holds {
        if is_nothing(value) {
            return yes(self.of_nothing());
        }
        if let Kind::Unknown(u) = &value.kind {
            return self.of_unknown(value, &u.reason);
        }
        match &self.kind {
            Comparison::Set => return Holds::Yes,
            Comparison::Absent => return Holds::No,
            Comparison::Includes(all) => return includes(value, all),
            Comparison::Has(tests) => return one_of(value.as_items().unwrap_or_default(), tests, None),
            _ => {}
        }
        if value.is_secret() && value.as_bool().is_none() {
            return Holds::Open("it is sensitive".into());
        }
        // What is not known in a collection may make it another one, or this one.
        if let (Some(why), Comparison::Equals(_) | Comparison::In(_) | Comparison::NotIn(_)) =
            (unknown_within(value), &self.kind)
        {
            return Holds::Open(why);
        }
        // What the provider fills in was written by nobody.
        let nobody = value.origin.as_ref().is_some_and(|o| o.via == Via::ProviderDefault);
        if nobody && self.stated {
            return Holds::No;
        }
        yes((nobody && self.or_unset) || self.or.iter().any(|v| same(value, v)) || self.of_known(value))
    }

    fn of_known(&self, value: &Value) -> bool {
        let text = || shown(value);
        match &self.kind {
            Comparison::Equals(v) => same(value, v),
            Comparison::In(all) => all.iter().any(|v| same(value, v)),
            Comparison::NotIn(all) => !all.iter().any(|v| same(value, v)),
            Comparison::AtLeast(n) => number(value).is_some_and(|x| x >= *n),
            Comparison::AtMost(n) => number(value).is_some_and(|x| x <= *n),
            Comparison::Matches(r) => text().is_some_and(|t| r.is_match(&t)),
            Comparison::Never(r) => text().is_none_or(|t| !r.is_match(&t)),
            Comparison::Set | Comparison::Absent | Comparison::Includes(_) | Comparison::Has(_) => false,
        }
    }

    fn of_unknown(&self, value: &Value, reason: &Reason) -> Holds {
        let given = is_fixed(value) || matches!(reason, Reason::Computed(..) | Reason::Plan);
        match &self.kind {
            Comparison::Set if given => Holds::Yes,
            Comparison::Absent if given => Holds::No,
            // An id or ARN is one of a kind.
            Comparison::Never(_) if is_fixed(value) => Holds::Yes,
            Comparison::Includes(all) if value.document.is_some() => {
                let certain = value.document.as_deref().and_then(Value::as_items).unwrap_or_default();
                match all.iter().all(|v| certain.iter().any(|x| same(x, v))) {
                    true => Holds::Yes,
                    false => Holds::Open(reason.to_string()),
                }
            }
            Comparison::Has(tests) => {
                let certain = value.document.as_deref().and_then(Value::as_items).unwrap_or_default();
                one_of(certain, tests, Some(reason.to_string()))
            }
            _ => Holds::Open(reason.to_string()),
        }
    }
}

/// True where nothing is given: null, unset, an empty text or collection.
pub(super) fn is_nothing(v: &Value) -> bool {
    v.is_unset()
        || v.as_str().is_some_and(str::is_empty)
        || v.as_items().is_some_and(<[Value]>::is_empty)
        || v.as_entries().is_some_and(std::collections::BTreeMap::is_empty)
}

/// True for a value that nobody wrote.
pub(super) fn is_filled_in(v: &Value) -> bool {
    let via = |o: &Origin| o.via == Via::ProviderDefault;
    v.origin.as_deref().is_some_and(via)
}

/// Why something in a collection is not known.
fn unknown_within(v: &Value) -> Option<String> {
    let items = v.as_items().into_iter().flatten();
    let entries = v.as_entries().into_iter().flat_map(|e| e.values());
    items
        .chain(entries)
        .filter(|x| !x.is_unset())
        .find_map(|x| x.reason().map(ToString::to_string).or_else(|| unknown_within(x)))
}

fn yes(holds: bool) -> Holds {
    if holds { Holds::Yes } else { Holds::No }
}

fn includes(value: &Value, all: &[Json]) -> Holds {
    let items = value.as_items().unwrap_or(std::slice::from_ref(value));
    if all.iter().all(|v| items.iter().any(|x| same(x, v))) {
        return Holds::Yes;
    }
    let open = items.iter().find_map(|x| x.reason().map(ToString::to_string));
    let secret = || items.iter().any(Value::is_secret).then(|| "it is sensitive".to_owned());
    open.or_else(secret).map_or(Holds::No, Holds::Open)
}

/// Whether one of the elements passes all the tests; `more` is why it is open whether there are others.
fn one_of(items: &[Value], tests: &[(Route, Test)], more: Option<String>) -> Holds {
    let mut open = more;
    for item in items {
        match all_of(item, tests) {
            Holds::Yes => return Holds::Yes,
            Holds::Open(why) => open = open.or(Some(why)),
            Holds::No => {}
        }
    }
    open.map_or(Holds::No, Holds::Open)
}

fn all_of(item: &Value, tests: &[(Route, Test)]) -> Holds {
    if let Some(why) = item.reason() {
        return Holds::Open(why.to_string());
    }
    let mut open = None;
    for (route, test) in tests {
        match item.at(route).map_or_else(|| yes(test.of_nothing()), |v| test.of(v)) {
            Holds::Yes => {}
            Holds::No => return Holds::No,
            Holds::Open(why) => open = open.or(Some(why)),
        }
    }
    open.map_or(Holds::Yes, Holds::Open)
}

/// The text of a scalar; numbers and truth values as they are written.
pub(super) fn shown(v: &Value) -> Option<String> {
    match &v.kind {
        Kind::String(s) => Some(s.to_string()),
        Kind::Number(n) => Some(n.to_string()),
        Kind::Bool(b) => Some(b.to_string()),
        _ => None,
    }
}

fn number(v: &Value) -> Option<f64> {
    match &v.kind {
        Kind::Number(n) => Some(n.to_f64()),
        Kind::String(s) => s.trim().parse().ok(),
        _ => None,
    }
}

/// True if a value is this data; `true` and `"true"`, `1` and `"1"` are the same, as Terraform converts them.
pub(super) fn same(v: &Value, json: &Json) -> bool {
    match (json, v.as_items(), v.as_entries()) {
        (Json::Array(all), Some(items), _) => {
            all.len() == items.len() && all.iter().zip(items).all(|(j, x)| same(x, j))
        }
        (Json::Object(all), _, Some(entries)) => {
            all.len() == entries.len()
                && all.iter().all(|(k, j)| entries.get(k.as_str()).is_some_and(|x| same(x, j)))
        }
        (Json::String(s), None, None) => shown(v).as_ref() == Some(s),
        (Json::Bool(b), None, None) => shown(v).is_some_and(|t| t == if *b { "true" } else { "false" }),
        (Json::Number(n), None, None) => number(v).is_some() && number(v) == n.as_f64(),
        (Json::Null, ..) => is_nothing(v),
        _ => false,
    }
}

/// Reads an object of routes and tests: `{"engine": {"in": ["mysql"]}, "multi_az": true}`; what stands alone must be equal.
///
/// # Errors
/// What is wrong with it.
pub(super) fn several(json: Option<&Json>, key: &str) -> Result<Vec<(Route, Test)>, String> {
    let all = match json {
        None => return Ok(Vec::new()),
        Some(Json::Object(all)) => all,
        Some(other) => return Err(format!("`{key}` is no object of routes and tests: {other}")),
    };
    all.iter()
        .map(|(k, v)| {
            let test = v.as_object().map(read).transpose()?.flatten();
            let route = k.parse().map_err(|e: trueline_model::RouteError| format!("`{key}`: {e}"))?;
            Ok((route, test.unwrap_or_else(|| Test::equals(v.clone()))))
        })
        .collect()
}

/// Reads the test of an object; nothing if it has none.
///
/// # Errors
/// What is wrong with it.
pub(super) fn read(object: &Map<String, Json>) -> Result<Option<Test>, String> {
    let found: Vec<&str> = KEYS.into_iter().filter(|k| object.contains_key(*k)).collect();
    let (key, value) = match found.as_slice() {
        [] => return Ok(None),
        [one] => (*one, object.get(*one).unwrap_or(&Json::Null)),
        several => return Err(format!("one test is expected, not {}", several.join(" and "))),
    };
    let list = || value.as_array().cloned().ok_or_else(|| format!("`{key}` is no array: {value}"));
    let number = || value.as_f64().ok_or_else(|| format!("`{key}` is no number: {value}"));
    let pattern = || {
        let text = value.as_str().ok_or_else(|| format!("`{key}` is no pattern: {value}"))?;
        Regex::new(text).map_err(|e| format!("`{key}` is no pattern: {e}"))
    };
    let kind = match key {
        "equals" => Comparison::Equals(value.clone()),
        "not_equals" => Comparison::NotIn(vec![value.clone()]),
        "in" => Comparison::In(list()?),
        "not_in" => Comparison::NotIn(list()?),
        "at_least" => Comparison::AtLeast(number()?),
        "at_most" => Comparison::AtMost(number()?),
        "matches" => Comparison::Matches(pattern()?),
        "never" => Comparison::Never(pattern()?),
        "includes" => Comparison::Includes(list()?),
        "has" => Comparison::Has(several(Some(value), key)?),
        "set" if *value == Json::Bool(true) => Comparison::Set,
        "absent" if *value == Json::Bool(true) => Comparison::Absent,
        _ => return Err(format!("`{key}` is {value}: expected true")),
    };
    let flag = |key: &str| match object.get(key) {
        None => Ok(false),
        Some(Json::Bool(b)) => Ok(*b),
        Some(other) => Err(format!("`{key}` is {other}: expected true or false")),
    };
    let (or_unset, stated) = (flag("or_unset")?, flag("stated")?);
    let or = match object.get("or") {
        None => Vec::new(),
        Some(Json::Array(all)) => all.clone(),
        Some(other) => return Err(format!("`or` is no array: {other}")),
    };
    Ok(Some(Test { kind, or_unset, stated, or }))
}
