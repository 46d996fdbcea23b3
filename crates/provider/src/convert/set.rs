//! Sets: no element twice, and the order in which Terraform goes through them.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use trueline_model::{Kind, Reason, Type, Unknown, Value};

use super::equal;

/// A set of these elements, in Terraform's order, of equal ones only the first.
///
/// Marks move from the elements to the set, since whether an element is there tells what it is.
pub fn set(ty: Type, items: Vec<Value>) -> Value {
    let (mut sensitive, mut ephemeral) = (false, false);
    let mut groups: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut kept: Vec<(Vec<u8>, Value)> = Vec::new();
    for item in items {
        let item = unmark(item, &mut sensitive, &mut ephemeral);
        let mut key = String::new();
        describe(&item, &mut key);
        let group = groups.entry(key.clone()).or_default();
        // Unknown ones equal nothing, not even themselves.
        if group.iter().any(|other| equal(&item, other).as_bool() == Some(true)) {
            continue;
        }
        group.push(item.clone());
        kept.push((key.into_bytes(), item));
    }
    kept.sort_by(|(x, a), (y, b)| order(a, b).unwrap_or_else(|| x.cmp(y)));
    let mut out: Value = Kind::Set(ty, Arc::new(kept.into_iter().map(|(_, v)| v).collect())).into();
    out.sensitive = sensitive;
    out.ephemeral = ephemeral;
    out
}

/// How many elements a set has; none while an unknown one may turn out to equal another.
pub fn length(items: &[Value]) -> Option<usize> {
    (items.len() == 1 || items.iter().all(Value::is_wholly_known)).then_some(items.len())
}

/// An unknown collection of a set that has unknown elements: how many it has is not decided, but at most all of them.
pub fn unknown_length(items: &[Value], ty: Type) -> Unknown {
    let mut u = Unknown::new(ty, items.iter().find_map(Value::first_reason).unwrap_or(Reason::Plan));
    u.not_null = true;
    u.length = (items.len().min(1), Some(items.len()));
    u
}

/// The value without marks at any depth; those found are reported.
pub fn unmark(mut v: Value, sensitive: &mut bool, ephemeral: &mut bool) -> Value {
    *sensitive |= v.sensitive;
    *ephemeral |= v.ephemeral;
    v.sensitive = false;
    v.ephemeral = false;
    if !has_marks(&v) {
        return v;
    }
    match &mut v.kind {
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            let out = items.iter().map(|i| unmark(i.clone(), sensitive, ephemeral)).collect();
            *items = Arc::new(out);
        }
        Kind::Map(_, items) | Kind::Object(items) => {
            let out =
                items.iter().map(|(k, i)| (k.clone(), unmark(i.clone(), sensitive, ephemeral))).collect();
            *items = Arc::new(out);
        }
        _ => {}
    }
    v
}

/// True if the value or an element of it is marked.
pub fn has_marks(v: &Value) -> bool {
    v.sensitive
        || v.ephemeral
        || match &v.kind {
            Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => items.iter().any(has_marks),
            Kind::Map(_, items) | Kind::Object(items) => items.values().any(has_marks),
            _ => false,
        }
}

/// Order of two elements where Terraform defines one: known before unknown before null, strings by bytes, numbers by value.
fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (&a.kind, &b.kind) {
        (Kind::Null(_), Kind::Null(_)) | (Kind::Unknown(_), Kind::Unknown(_)) => Some(Ordering::Equal),
        (_, Kind::Null(_)) => Some(Ordering::Less),
        (Kind::Null(_), _) => Some(Ordering::Greater),
        (_, Kind::Unknown(_)) => Some(Ordering::Less),
        (Kind::Unknown(_), _) => Some(Ordering::Greater),
        (Kind::String(a), Kind::String(b)) => Some(a.as_bytes().cmp(b.as_bytes())),
        (Kind::Number(a), Kind::Number(b)) => Some(a.cmp(b)),
        (Kind::Bool(a), Kind::Bool(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

/// A text that values of one type share if they are equal; few others do.
pub fn fingerprint(v: &Value) -> String {
    let mut out = String::new();
    describe(v, &mut out);
    out
}

/// The text by which Terraform orders elements that have no order of their own (objects, lists, …).
fn describe(v: &Value, out: &mut String) {
    match &v.kind {
        Kind::Unknown(_) => out.push('?'),
        Kind::Null(_) => out.push('~'),
        Kind::Number(n) => out.push_str(&n.to_general(Some(10), 'e')),
        Kind::Bool(b) => out.push(if *b { 'T' } else { 'F' }),
        Kind::String(s) => out.push_str(&quote(s)),
        Kind::Map(_, items) => {
            out.push('{');
            for (k, v) in items.iter() {
                out.push_str(&quote(k));
                out.push(':');
                describe(v, out);
                out.push(';');
            }
            out.push('}');
        }
        Kind::List(_, items) | Kind::Set(_, items) => {
            out.push('[');
            for v in items.iter() {
                describe(v, out);
                out.push(';');
            }
            out.push(']');
        }
        Kind::Object(items) => {
            out.push('<');
            for v in items.values() {
                describe(v, out);
                out.push(';');
            }
            out.push('>');
        }
        Kind::Tuple(items) => {
            out.push('<');
            for v in items.iter() {
                describe(v, out);
                out.push(';');
            }
            out.push('>');
        }
    }
}

static PRINTABLE: LazyLock<Option<regex::Regex>> =
    LazyLock::new(|| regex::Regex::new(r"^[\p{L}\p{M}\p{N}\p{P}\p{S}]$").ok());

/// The text in double quotes, escaped as Terraform's messages do (`%q`).
pub fn quote(s: &str) -> String {
    let mut out = String::with_capacity(s.len() + 2);
    out.push('"');
    for c in s.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{b}' => out.push_str("\\v"),
            ' '..='~' => out.push(c),
            _ if c.is_ascii() => {
                let _ = write!(out, "\\x{:02x}", c as u32);
            }
            _ if PRINTABLE.as_ref().is_some_and(|r| r.is_match(c.encode_utf8(&mut [0; 4]))) => out.push(c),
            _ if (c as u32) < 0x1_0000 => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            _ => {
                let _ = write!(out, "\\U{:08x}", c as u32);
            }
        }
    }
    out.push('"');
    out
}
