//! Values as policies see them: what is not known, sensitive or filled in is listed beside them.

use std::fmt::Display;

use trueline_model::{Kind, Reason, Route, Type, Unknown, Value, Via};
use trueline_rego::Value as Shown;

use super::object;
use crate::fixed::is_fixed;

/// What stands where a sensitive string was.
pub const SENSITIVE: &str = "(sensitive)";

/// What is told of the leaves of a value, by route.
#[derive(Default)]
pub struct Leaves {
    /// Those that are not known.
    pub unknown: Vec<(String, Shown)>,
    /// Documents that texts hold.
    pub documents: Vec<(String, Shown)>,
    /// Values that nobody wrote: the provider fills them in.
    pub defaults: Vec<String>,
    /// Values that are marked.
    pub sensitive: Vec<String>,
}

impl Leaves {
    /// Returns what a policy sees of a value.
    pub fn render(&mut self, value: &Value, route: &Route) -> Shown {
        if let Some(doc) = value.encoded().filter(|doc| readable(value, doc)) {
            self.documents.push((route.to_string(), decoded(doc)));
        }
        if value.is_secret() {
            self.sensitive.push(route.to_string());
        }
        if value.origin.as_ref().is_some_and(|o| o.via == Via::ProviderDefault) {
            self.defaults.push(route.to_string());
        }
        match &value.kind {
            Kind::Null(_) => Shown::Null,
            Kind::Unknown(u) => {
                if u.reason != Reason::Unset {
                    self.unknown.push((route.to_string(), reason(u, is_fixed(value))));
                }
                Shown::Null
            }
            Kind::Bool(b) => Shown::Bool(*b),
            Kind::Number(_) | Kind::String(_) if value.is_secret() => Shown::from(SENSITIVE),
            Kind::Number(n) => number(n),
            Kind::String(s) => Shown::String(s.clone()),
            Kind::List(_, v) | Kind::Set(_, v) | Kind::Tuple(v) => {
                let marked = value.is_secret();
                let items = v.iter().enumerate();
                Shown::array(items.map(|(i, x)| self.element(x, marked, &route.element(i as u32))).collect())
            }
            Kind::Map(_, m) | Kind::Object(m) => {
                let marked = value.is_secret();
                let members = m.iter().map(|(k, x)| {
                    (Shown::String(k.clone()), self.element(x, marked, &route.child(k.clone())))
                });
                Shown::object(members.collect())
            }
        }
    }

    /// The elements of a collection that is marked as a whole are sensitive with it.
    fn element(&mut self, value: &Value, marked: bool, route: &Route) -> Shown {
        if marked && !value.is_secret() {
            let mut v = value.clone();
            v.sensitive = true;
            return self.render(&v, route);
        }
        self.render(value, route)
    }
}

/// The text of something.
pub fn text(what: &impl Display) -> Shown {
    Shown::from(what.to_string())
}

/// A text, or null.
pub fn maybe(text: Option<&str>) -> Shown {
    text.map_or(Shown::Null, Shown::from)
}

/// A whole number.
pub fn whole(n: &impl Display) -> Shown {
    trueline_rego::Number::parse(&n.to_string()).map_or(Shown::Null, Shown::Number)
}

/// A document whose text is sensitive may be looked into only where parts of it make it so, which are masked one by one.
fn readable(text: &Value, document: &Value) -> bool {
    !text.is_secret() || !document.is_secret() && document.has_secret()
}

fn number(n: &trueline_model::Number) -> Shown {
    use trueline_rego::Number;
    match n.as_i64() {
        Some(i) => Shown::from(i),
        None => Number::parse(&n.to_string())
            .or_else(|| Number::parse(&n.to_f64().to_string()))
            .map_or(Shown::Null, Shown::Number),
    }
}

/// The word for a reason in `data.trueline`.
fn word(r: &Reason) -> &'static str {
    match r {
        Reason::Unset => "unset",
        Reason::Computed(..) => "computed",
        Reason::DataSource(..) => "data",
        Reason::Variable(_) => "variable",
        Reason::Function(_) => "function",
        Reason::Module(_) => "module",
        Reason::File(_) => "file",
        Reason::Schema(_) => "schema",
        Reason::Deferred => "deferred",
        Reason::Plan => "plan",
        Reason::Error(_) => "error",
        Reason::Unread(_) => "unread",
        Reason::Environment(_) => "environment",
    }
}

fn reason(u: &Unknown, fixed: bool) -> Shown {
    object([
        ("fixed", Shown::from(fixed)),
        ("prefix", maybe(u.prefix.as_deref())),
        ("reason", Shown::from(word(&u.reason))),
        ("refers", refers(&u.reason)),
        ("suffix", maybe(u.suffix.as_deref())),
        ("why", text(&u.reason)),
    ])
}

fn refers(r: &Reason) -> Shown {
    Shown::array(match r {
        Reason::Computed(a, route) | Reason::DataSource(a, route) if route.0.is_empty() => vec![text(a)],
        Reason::Computed(a, route) | Reason::DataSource(a, route) => {
            vec![Shown::from(format!("{a}.{route}"))]
        }
        _ => Vec::new(),
    })
}

/// A decoded document; what is unknown in it is an object that says so.
pub fn decoded(value: &Value) -> Shown {
    decoded_within(value, false)
}

/// The same for a part of what is sensitive as a whole.
fn decoded_within(value: &Value, marked: bool) -> Shown {
    let marked = marked || value.is_secret();
    let decoded = |v: &Value| decoded_within(v, marked);
    match &value.kind {
        Kind::Null(_) => Shown::Null,
        // What is known of an unknown collection.
        Kind::Unknown(u) if u.ty != Type::String && value.document.is_some() => {
            value.document.as_deref().map_or(Shown::Null, decoded)
        }
        Kind::Unknown(u) => object([
            ("alone", Shown::from(is_alone(value))),
            ("fixed", Shown::from(is_fixed(value))),
            ("prefix", maybe(u.prefix.as_deref())),
            ("refers", refers(&u.reason)),
            ("suffix", maybe(u.suffix.as_deref())),
            ("trueline:unknown", Shown::from(word(&u.reason))),
            ("why", text(&u.reason)),
        ]),
        Kind::Bool(b) => Shown::Bool(*b),
        Kind::Number(_) | Kind::String(_) if marked => Shown::from(SENSITIVE),
        Kind::Number(n) => number(n),
        Kind::String(s) => Shown::String(s.clone()),
        Kind::List(_, v) | Kind::Set(_, v) | Kind::Tuple(v) => Shown::array(v.iter().map(decoded).collect()),
        Kind::Map(_, m) | Kind::Object(m) => {
            Shown::object(m.iter().map(|(k, x)| (Shown::String(k.clone()), decoded(x))).collect())
        }
    }
}

/// True if one reference is all that is not known of a text, so that two such texts with the same rest are the same.
pub fn is_alone(value: &Value) -> bool {
    let mut at = value.origin.as_ref();
    while let Some(origin) = at {
        if matches!(origin.via, Via::Function(_) | Via::Condition) || origin.inputs.len() > 1 {
            return false;
        }
        at = origin.inputs.first();
    }
    value.origin.is_some()
}
