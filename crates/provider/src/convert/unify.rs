//! The type that several types have in common.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trueline_model::{AttributeType, Type};

use super::convertible;

/// The type that values of all these types can be converted to, as for the two sides of a condition; none if there is none.
pub fn unify(types: &[Type]) -> Option<Type> {
    unify_in(&distinct(types.iter()), true)
}

/// The same where only conversions count that cannot fail.
pub fn unify_safe(types: &[Type]) -> Option<Type> {
    unify_in(&distinct(types.iter()), false)
}

/// Each type once, in order of first appearance: the cost of what follows grows with the square of their number.
pub(super) fn distinct<'a>(types: impl Iterator<Item = &'a Type>) -> Vec<Type> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    let mut last: Option<&Type> = None;
    for t in types {
        if last != Some(t) && seen.insert(t) {
            out.push(t.clone());
        }
        last = Some(t);
    }
    out
}

/// More distinct types than this have nothing in common that we would look for.
const MAX_TYPES: usize = 2_000;

pub(super) fn unify_in(types: &[Type], loose: bool) -> Option<Type> {
    if types.len() > MAX_TYPES {
        return None;
    }
    let first = types.first()?;
    let count = |f: fn(&Type) -> bool| types.iter().filter(|t| f(t)).count();
    let maps = count(|t| matches!(t, Type::Map(_)));
    let lists = count(|t| matches!(t, Type::List(_)));
    let sets = count(|t| matches!(t, Type::Set(_)));
    let objects = count(|t| matches!(t, Type::Object(_)));
    let tuples = count(|t| matches!(t, Type::Tuple(_)));
    let dynamic = count(|t| *t == Type::Any);
    let all = types.len();

    if maps > 0 && maps + dynamic == all {
        return collections(types, dynamic, loose, |e| Type::Map(Arc::new(e)));
    }
    if lists > 0 && lists + dynamic == all {
        return collections(types, dynamic, loose, |e| Type::List(Arc::new(e)));
    }
    if sets > 0 && sets + dynamic == all {
        return collections(types, dynamic, loose, |e| Type::Set(Arc::new(e)));
    }
    if maps > 0 && maps + objects + dynamic == all {
        let common = in_disguise(types, loose, |t| matches!(t, Type::Object(_)), objects_to_map);
        if let Some(t @ Type::Map(_)) = common {
            return Some(t);
        }
    } else if lists > 0 && lists + tuples + dynamic == all {
        let common = in_disguise(types, loose, |t| matches!(t, Type::Tuple(_)), tuples_to_list);
        if let Some(t @ Type::List(_)) = common {
            return Some(t);
        }
    } else if objects > 0 && objects + dynamic == all {
        return if dynamic > 0 { Some(Type::Any) } else { same_objects(types, first, loose) };
    } else if tuples > 0 && tuples + dynamic == all {
        return if dynamic > 0 { Some(Type::Any) } else { same_tuples(types, first, loose) };
    } else if objects > 0 && tuples > 0 {
        return None;
    }

    preference(types)
        .into_iter()
        .filter_map(|i| types.get(i))
        .find(|want| types.iter().all(|t| t == *want || convertible(t, want, loose)))
        .cloned()
}

fn collections(types: &[Type], dynamic: usize, loose: bool, make: fn(Type) -> Type) -> Option<Type> {
    if dynamic > 0 {
        return Some(Type::Any);
    }
    let elements = distinct(types.iter().filter_map(|t| match t {
        Type::List(e) | Type::Set(e) | Type::Map(e) => Some(&**e),
        _ => None,
    }));
    let common = make(unify_in(&elements, loose)?);
    types.iter().all(|t| *t == common || convertible(t, &common, loose)).then_some(common)
}

/// Objects among maps are maps in disguise, and tuples among lists lists: they are made so first.
fn in_disguise(
    types: &[Type],
    loose: bool,
    disguised: fn(&Type) -> bool,
    unmask: fn(&[Type], bool) -> Option<Type>,
) -> Option<Type> {
    let (masked, mut plain): (Vec<Type>, Vec<Type>) = types.iter().cloned().partition(disguised);
    if !masked.is_empty() {
        plain.push(unmask(&masked, loose)?);
    }
    unify_in(&distinct(plain.iter()), loose)
}

fn same_objects(types: &[Type], first: &Type, loose: bool) -> Option<Type> {
    let Type::Object(attrs) = first else { return None };
    let same_names = types.iter().all(|t| match t {
        Type::Object(other) => other.len() == attrs.len() && other.keys().all(|k| attrs.contains_key(k)),
        _ => false,
    });
    if !same_names {
        return objects_to_map(types, loose);
    }
    let mut out = BTreeMap::new();
    for name in attrs.keys() {
        let across = distinct(types.iter().filter_map(|t| match t {
            Type::Object(a) => a.get(name).map(|a| &a.ty),
            _ => None,
        }));
        out.insert(name.clone(), AttributeType { ty: unify_in(&across, loose)?, optional: false });
    }
    let common = Type::Object(Arc::new(out));
    if types.iter().all(|t| *t == common || convertible(t, &common, loose)) {
        Some(common)
    } else {
        objects_to_map(types, loose)
    }
}

fn objects_to_map(types: &[Type], loose: bool) -> Option<Type> {
    let attributes = distinct(
        types
            .iter()
            .filter_map(|t| match t {
                Type::Object(a) => Some(a.values().map(|a| &a.ty)),
                _ => None,
            })
            .flatten(),
    );
    let common = Type::Map(Arc::new(unify_in(&attributes, loose)?));
    types.iter().all(|t| *t == common || convertible(t, &common, loose)).then_some(common)
}

fn same_tuples(types: &[Type], first: &Type, loose: bool) -> Option<Type> {
    let Type::Tuple(items) = first else { return None };
    if types.iter().any(|t| !matches!(t, Type::Tuple(other) if other.len() == items.len())) {
        return tuples_to_list(types, loose);
    }
    let mut out = Vec::with_capacity(items.len());
    for i in 0..items.len() {
        let across = distinct(types.iter().filter_map(|t| match t {
            Type::Tuple(ts) => ts.get(i),
            _ => None,
        }));
        out.push(unify_in(&across, loose)?);
    }
    let common = Type::Tuple(out.into());
    if types.iter().all(|t| *t == common || convertible(t, &common, loose)) {
        Some(common)
    } else {
        tuples_to_list(types, loose)
    }
}

fn tuples_to_list(types: &[Type], loose: bool) -> Option<Type> {
    let elements = distinct(
        types
            .iter()
            .filter_map(|t| match t {
                Type::Tuple(ts) => Some(ts.iter()),
                _ => None,
            })
            .flatten(),
    );
    let common = Type::List(Arc::new(unify_in(&elements, loose)?));
    types.iter().all(|t| *t == common || convertible(t, &common, loose)).then_some(common)
}

/// Which of the types to try first: the more general before the less.
fn preference(types: &[Type]) -> Vec<usize> {
    let n = types.len();
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); n];
    let mut degree = vec![0usize; n];
    for (i, a) in types.iter().enumerate() {
        for (j, b) in types.iter().enumerate().skip(i + 1) {
            let (from, to) = match general(a, b) {
                g if g < 0 => (i, j),
                0 => continue,
                _ => (j, i),
            };
            if let (Some(e), Some(d)) = (edges.get_mut(from), degree.get_mut(to)) {
                e.push(to);
                *d += 1;
            }
        }
    }
    let mut order: Vec<usize> = degree.iter().enumerate().filter(|(_, d)| **d == 0).map(|(i, _)| i).collect();
    let mut next = 0;
    while let Some(&i) = order.get(next) {
        next += 1;
        for &j in edges.get(i).into_iter().flatten() {
            if let Some(d) = degree.get_mut(j) {
                *d -= 1;
                if *d == 0 {
                    order.push(j);
                }
            }
        }
    }
    order
}

/// Below zero if the first is more general than the second, above if less, zero if neither can be said.
fn general(a: &Type, b: &Type) -> i8 {
    match (a, b) {
        (Type::Any, Type::Any) => 0,
        (Type::Any, _) => 1,
        (_, Type::Any) => -1,
        (Type::String, Type::Bool | Type::Number) => -1,
        (Type::Bool | Type::Number, Type::String) => 1,
        (Type::List(a), Type::List(b)) | (Type::Set(a), Type::Set(b)) | (Type::Map(a), Type::Map(b)) => {
            general(a, b)
        }
        (Type::Tuple(_) | Type::List(_), Type::Set(_))
        | (Type::List(_), Type::Tuple(_))
        | (Type::Map(_), Type::Object(_)) => -1,
        (Type::Set(_), Type::Tuple(_) | Type::List(_))
        | (Type::Tuple(_), Type::List(_))
        | (Type::Object(_), Type::Map(_)) => 1,
        (Type::Object(a), Type::Object(b)) => {
            if a.len() != b.len() || a.keys().any(|k| !b.contains_key(k)) {
                return 0;
            }
            balance(a.iter().filter_map(|(k, x)| b.get(k).map(|y| general(&x.ty, &y.ty))))
        }
        (Type::Tuple(a), Type::Tuple(b)) if a.len() == b.len() => {
            balance(a.iter().zip(b.iter()).map(|(x, y)| general(x, y)))
        }
        _ => 0,
    }
}

fn balance(parts: impl Iterator<Item = i8>) -> i8 {
    let (mut first, mut second) = (false, false);
    for p in parts {
        first |= p < 0;
        second |= p > 0;
    }
    match (first, second) {
        (true, false) => -1,
        (false, true) => 1,
        _ => 0,
    }
}
