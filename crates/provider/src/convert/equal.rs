//! Equality as the operator `==` has it.

use std::sync::Arc;

use trueline_model::{Kind, Reason, Type, Unknown, Value};
use unicode_segmentation::UnicodeSegmentation;

use super::{conforms, has_dynamic, set, type_of};

/// True, false, or unknown where it hangs on something unknown; sensitive if one side or a part of it is.
///
/// Values of different types are not equal, but null equals null of any type.
pub fn equal(a: &Value, b: &Value) -> Value {
    let mut out: Value = match same(a, b) {
        Ok(same) => Kind::Bool(same).into(),
        Err(reason) => {
            let mut u = Unknown::new(Type::Bool, reason);
            u.not_null = true;
            Kind::Unknown(Arc::new(u)).into()
        }
    };
    let (mut sensitive, mut ephemeral) = (false, false);
    for v in [a, b] {
        sensitive |= v.has_sensitive();
        ephemeral |= has_ephemeral(v);
    }
    out.sensitive = sensitive;
    out.ephemeral = ephemeral;
    out
}

/// True if the value or an element of it is ephemeral.
pub fn has_ephemeral(v: &Value) -> bool {
    v.ephemeral
        || match &v.kind {
            Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
                items.iter().any(has_ephemeral)
            }
            Kind::Map(_, items) | Kind::Object(items) => items.values().any(has_ephemeral),
            _ => false,
        }
}

/// Whether the two are equal, or why that is not known.
fn same(a: &Value, b: &Value) -> Result<bool, Reason> {
    match (&a.kind, &b.kind) {
        (Kind::Unknown(u), Kind::Unknown(_)) => Err(u.reason.clone()),
        (Kind::Unknown(u), _) => half_known(u, b),
        (_, Kind::Unknown(u)) => half_known(u, a),
        (Kind::Null(_), Kind::Null(_)) => Ok(true),
        (Kind::Null(_), _) | (_, Kind::Null(_)) => Ok(false),
        (Kind::Number(a), Kind::Number(b)) => Ok(a == b),
        (Kind::Bool(a), Kind::Bool(b)) => Ok(a == b),
        (Kind::String(a), Kind::String(b)) => Ok(a == b),
        _ => compound(a, b),
    }
}

/// An unknown and a known value: not equal if the unknown one can never become that.
fn half_known(u: &Unknown, v: &Value) -> Result<bool, Reason> {
    if v.is_null() {
        return if u.not_null { Ok(false) } else { Err(u.reason.clone()) };
    }
    if !conforms(&type_of(v), &u.ty) {
        return Ok(false);
    }
    if let Some(s) = v.as_str() {
        // What we know of its end decides nothing: Terraform does not know it.
        if u.prefix.as_ref().is_some_and(|p| !s.starts_with(safe_prefix(p))) {
            return Ok(false);
        }
    }
    let length = match &v.kind {
        Kind::Set(_, items) => set::length(items),
        Kind::List(_, items) => Some(items.len()),
        Kind::Map(_, items) => Some(items.len()),
        _ => None,
    };
    if let Some(n) = length
        && (n < u.length.0 || u.length.1.is_some_and(|most| n > most))
    {
        return Ok(false);
    }
    Err(u.reason.clone())
}

/// The part of a known beginning that nothing which follows can change: a letter may still get an accent.
pub fn safe_prefix(prefix: &str) -> &str {
    const ENDS: &str = "-_:;/\\,.(){}[]|?!~ \t@#$%^&*+\"'";
    let Some((last, cluster)) = prefix.grapheme_indices(true).next_back() else { return "" };
    let mut chars = cluster.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if ENDS.contains(c) => prefix,
        _ => prefix.get(..last).unwrap_or(""),
    }
}

fn compound(a: &Value, b: &Value) -> Result<bool, Reason> {
    let (x, y) = (type_of(a), type_of(b));
    if has_dynamic(&x) || has_dynamic(&y) {
        if !conforms(&x, &y) && !conforms(&y, &x) {
            return Ok(false);
        }
        return Err(reason(a, b));
    }
    if x != y {
        return Ok(false);
    }
    parts(a, b)
}

fn reason(a: &Value, b: &Value) -> Reason {
    a.first_reason().or_else(|| b.first_reason()).unwrap_or(Reason::Plan)
}

/// Compares parts in order until two differ; an unknown part before that leaves all unknown.
fn parts(a: &Value, b: &Value) -> Result<bool, Reason> {
    match (&a.kind, &b.kind) {
        (Kind::Set(_, x), Kind::Set(_, y)) => {
            if x.iter().chain(y.iter()).any(Value::is_unknown) {
                return Err(reason(a, b));
            }
            // In order and without repetition, equal sets are equal lists, save where parts are unknown.
            if !a.is_wholly_known() || !b.is_wholly_known() {
                let within =
                    |x: &[Value], y: &[Value]| x.iter().all(|i| y.iter().any(|j| same(i, j) == Ok(true)));
                return Ok(within(x, y) && within(y, x));
            }
            if x.len() != y.len() {
                return Ok(false);
            }
            all(x.iter().zip(y.iter()))
        }
        (Kind::List(_, x), Kind::List(_, y)) | (Kind::Tuple(x), Kind::Tuple(y)) => {
            if x.len() != y.len() {
                return Ok(false);
            }
            all(x.iter().zip(y.iter()))
        }
        (Kind::Map(_, x), Kind::Map(_, y)) | (Kind::Object(x), Kind::Object(y)) => {
            if x.len() != y.len() || x.keys().ne(y.keys()) {
                return Ok(false);
            }
            all(x.values().zip(y.values()))
        }
        _ => Ok(false),
    }
}

fn all<'a>(pairs: impl Iterator<Item = (&'a Value, &'a Value)>) -> Result<bool, Reason> {
    for (a, b) in pairs {
        // The types are equal already, so only the parts are compared here.
        let equal = match (&a.kind, &b.kind) {
            (Kind::List(..) | Kind::Set(..) | Kind::Tuple(_) | Kind::Map(..) | Kind::Object(_), _)
                if !b.is_unknown() && !b.is_null() =>
            {
                parts(a, b)?
            }
            _ => same(a, b)?,
        };
        if !equal {
            return Ok(false);
        }
    }
    Ok(true)
}
