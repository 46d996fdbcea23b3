//! What two values have in common, for a condition that is not decided.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Kind, Type, Value};

use super::seen::{REST, rest, seen};

/// Most parts that are compared.
const PARTS: usize = 20_000;

/// What is the same whichever of the two is taken; the rest is unknown because `why` is. None if nothing is, or if neither
/// holds anything to look into.
pub fn either(a: &Value, b: &Value, why: &Value) -> Option<Value> {
    let mut left = PARTS;
    let (a, b) = match (text(a), text(b)) {
        (true, true) => (a.document.as_deref()?, b.document.as_deref()?),
        (false, false) => (seen(a)?, seen(b)?),
        _ => return None,
    };
    let structured = |v: &Value| v.as_items().is_some() || v.as_entries().is_some();
    (structured(a) && structured(b)).then(|| common(a, b, why, &mut left))
}

fn text(v: &Value) -> bool {
    match &v.kind {
        Kind::String(_) => true,
        Kind::Unknown(u) => u.ty == Type::String,
        _ => false,
    }
}

fn common(a: &Value, b: &Value, why: &Value, left: &mut usize) -> Value {
    let Some(n) = left.checked_sub(1) else { return rest(why) };
    *left = n;
    let (Some(x), Some(y)) = (seen(a), seen(b)) else { return rest(why) };
    let sensitive = a.sensitive || b.sensitive;
    if let (Some(m), Some(n)) = (x.as_entries(), y.as_entries()) {
        let mut out: BTreeMap<Arc<str>, Value> = BTreeMap::new();
        for (name, v) in m {
            if let Some(w) = n.get(name) {
                out.insert(name.clone(), common(v, w, why, left));
            }
        }
        // A member that one of them has may be there.
        if m.keys().any(|k| !n.contains_key(k)) || n.keys().any(|k| !m.contains_key(k)) {
            out.insert(REST.into(), rest(why));
        }
        return Value { sensitive, origin: x.origin.clone(), ..Value::object(out) };
    }
    if let (Some(m), Some(n)) = (x.as_items(), y.as_items()) {
        let mut out: Vec<Value> = if m.len() == n.len() {
            m.iter().zip(n).map(|(v, w)| common(v, w, why, left)).collect()
        } else {
            m.iter().filter(|v| n.iter().any(|w| same(v, w, left))).cloned().collect()
        };
        if m.len() != n.len() {
            out.push(rest(why));
        }
        return Value { sensitive, origin: x.origin.clone(), ..Value::tuple(out) };
    }
    if same(x, y, left) { Value { sensitive, ..x.clone() } } else { rest(why) }
}

/// True if both are known and the same.
fn same(a: &Value, b: &Value, left: &mut usize) -> bool {
    let Some(n) = left.checked_sub(1) else { return false };
    *left = n;
    if let (Some(x), Some(y)) = (a.as_entries(), b.as_entries()) {
        return x.len() == y.len() && x.iter().zip(y).all(|((k, v), (l, w))| k == l && same(v, w, left));
    }
    if let (Some(x), Some(y)) = (a.as_items(), b.as_items()) {
        return x.len() == y.len() && x.iter().zip(y).all(|(v, w)| same(v, w, left));
    }
    match (&a.kind, &b.kind) {
        (Kind::Null(_), Kind::Null(_)) => true,
        (Kind::Bool(x), Kind::Bool(y)) => x == y,
        (Kind::Number(x), Kind::Number(y)) => x == y,
        (Kind::String(x), Kind::String(y)) => x == y,
        _ => false,
    }
}
