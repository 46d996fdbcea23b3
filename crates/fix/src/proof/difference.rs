//! What differs between two values of one attribute tree, route by route.
//!
//! Enters: the values of a resource before and after. Leaves: the routes that changed, by the indexes that they had
//! *before* (what was added to the end of a list has the index it got). Elements of sets have no place of their own,
//! so equal ones are paired first and the rest by likeness. Unset and absent are the same.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trueline_model::{Kind, Route, Segment, Value, Via};

/// Deeper values than this are compared no further and count as changed.
const DEPTH: usize = 128;

/// The routes at which `after` differs from `before`, sorted.
pub fn changed(before: &Value, after: &Value) -> Vec<Route> {
    let mut found = BTreeSet::new();
    compare(Some(before), Some(after), &Route::root(), DEPTH, &mut found);
    found.into_iter().collect()
}

/// True if one of `intended` covers the change at `route`.
///
/// An intent covers everything below it. A run of one block may be named without its index (`versioning.status` for
/// `versioning[0].status`).
pub fn covered(route: &Route, intended: &[&Route]) -> bool {
    intended.iter().any(|i| leads_to(&i.0, &route.0))
}

fn leads_to(intent: &[Segment], route: &[Segment]) -> bool {
    let mut rest = route;
    let mut want = intent;
    while let Some((first, later)) = want.split_first() {
        match rest.split_first() {
            Some((here, below)) if here == first => {
                rest = below;
                want = later;
            }
            Some((Segment::Index(0), below)) if matches!(first, Segment::Name(_)) => rest = below,
            _ => return false,
        }
    }
    true
}

fn compare(
    before: Option<&Value>,
    after: Option<&Value>,
    route: &Route,
    depth: usize,
    found: &mut BTreeSet<Route>,
) {
    let before = before.filter(|v| !v.is_unset());
    let after = after.filter(|v| !v.is_unset());
    let (b, a) = match (before, after) {
        (None, None) => return,
        // What the provider fills in follows what is written, and is nobody's change.
        (Some(v), None) | (None, Some(v)) if is_filled_in(v) => return,
        (Some(b), Some(a)) if is_filled_in(b) && is_filled_in(a) => return,
        (Some(b), Some(a)) => (b, a),
        (None, Some(v)) | (Some(v), None) => return leaves(v, route, depth, found),
    };
    if depth == 0 {
        if !same(b, a, DEPTH) {
            found.insert(route.clone());
        }
        return;
    }
    if let (Some(x), Some(y)) = (b.encoded(), a.encoded()) {
        return compare(Some(x), Some(y), route, depth - 1, found);
    }
    if let (Some(x), Some(y)) = (b.as_entries(), a.as_entries()) {
        for (key, b, a) in side_by_side(x, y) {
            if !plainly_same(b, a) {
                compare(b, a, &route.child(key.clone()), depth - 1, found);
            }
        }
        return;
    }
    if let (Some(x), Some(y)) = (b.as_items(), a.as_items()) {
        let set = matches!(b.kind, Kind::Set(..)) || matches!(a.kind, Kind::Set(..));
        return if set { sets(x, y, route, depth, found) } else { lists(x, y, route, depth, found) };
    }
    if !same(b, a, depth) {
        found.insert(route.clone());
    }
}

type Entries = BTreeMap<Arc<str>, Value>;

/// The entries of both, by their keys.
fn side_by_side<'v>(
    before: &'v Entries,
    after: &'v Entries,
) -> impl Iterator<Item = (&'v Arc<str>, Option<&'v Value>, Option<&'v Value>)> {
    let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
    std::iter::from_fn(move || {
        let order = match (before.peek(), after.peek()) {
            (Some((b, _)), Some((a, _))) => b.cmp(a),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return None,
        };
        let old = if order == Ordering::Greater { None } else { before.next() };
        let new = if order == Ordering::Less { None } else { after.next() };
        let (key, _) = old.or(new)?;
        Some((key, old.map(|(_, v)| v), new.map(|(_, v)| v)))
    })
}

/// True for values of no parts that are the same; most are.
fn plainly_same(before: Option<&Value>, after: Option<&Value>) -> bool {
    let unset = |v: Option<&Value>| v.is_none_or(Value::is_unset);
    match (before.map(|v| &v.kind), after.map(|v| &v.kind)) {
        (Some(Kind::Bool(b)), Some(Kind::Bool(a))) => b == a,
        (Some(Kind::Number(b)), Some(Kind::Number(a))) => b == a,
        (Some(Kind::String(b)), Some(Kind::String(a))) => {
            let plain = |v: Option<&Value>| v.is_some_and(|v| v.encoded().is_none());
            b == a && plain(before) && plain(after)
        }
        _ => unset(before) && unset(after),
    }
}

fn is_filled_in(v: &Value) -> bool {
    v.origin.as_ref().is_some_and(|o| o.via == Via::ProviderDefault)
}

/// Everything that is set in a value that the other side does not have; what the provider fills in beside it comes along.
fn leaves(v: &Value, route: &Route, depth: usize, found: &mut BTreeSet<Route>) {
    if v.is_unset() || is_filled_in(v) {
        return;
    }
    if depth > 0 {
        if let Some(entries) = v.as_entries().filter(|e| !e.is_empty()) {
            return entries.iter().for_each(|(k, x)| leaves(x, &route.child(k.clone()), depth - 1, found));
        }
        if let Some(items) = v.as_items() {
            return (0u32..).zip(items).for_each(|(i, x)| leaves(x, &route.element(i), depth - 1, found));
        }
    }
    found.insert(route.clone());
}

fn lists(before: &[Value], after: &[Value], route: &Route, depth: usize, found: &mut BTreeSet<Route>) {
    if before.len() == after.len() {
        for (i, (b, a)) in (0u32..).zip(before.iter().zip(after)) {
            compare(Some(b), Some(a), &route.element(i), depth - 1, found);
        }
        return;
    }
    let head = before.iter().zip(after).take_while(|(b, a)| same(b, a, depth)).count();
    let room = before.len().min(after.len()) - head;
    let tail =
        before.iter().rev().zip(after.iter().rev()).take(room).take_while(|(b, a)| same(b, a, depth)).count();
    let index = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
    for i in head..before.len() - tail {
        found.insert(route.element(index(i)));
    }
    if before.len() - tail <= head {
        for (i, a) in after.iter().enumerate().take(after.len() - tail).skip(head) {
            compare(None, Some(a), &route.element(index(i)), depth - 1, found);
        }
    }
}

fn sets(before: &[Value], after: &[Value], route: &Route, depth: usize, found: &mut BTreeSet<Route>) {
    let mut left: Vec<&Value> = after.iter().collect();
    let mut gone = Vec::new();
    for (i, b) in (0u32..).zip(before) {
        match left.iter().position(|a| same(b, a, depth)) {
            Some(at) => drop(left.remove(at)),
            None => gone.push((i, b)),
        }
    }
    for (i, b) in gone {
        let here = route.element(i);
        let mut best: Option<(usize, BTreeSet<Route>)> = None;
        for (at, a) in left.iter().enumerate() {
            let mut routes = BTreeSet::new();
            compare(Some(b), Some(a), &here, depth - 1, &mut routes);
            if best.as_ref().is_none_or(|(_, r)| routes.len() < r.len()) {
                best = Some((at, routes));
            }
        }
        match best {
            Some((at, routes)) => {
                left.remove(at);
                found.extend(routes);
            }
            None => drop(found.insert(here)),
        }
    }
    let next = u32::try_from(before.len()).unwrap_or(u32::MAX);
    for (i, a) in (next..).zip(left) {
        compare(None, Some(a), &route.element(i), depth - 1, found);
    }
}

/// True if two values are the same, wherever they come from.
pub fn same(a: &Value, b: &Value, depth: usize) -> bool {
    if depth == 0 {
        return false;
    }
    let all =
        |x: &[Value], y: &[Value]| x.len() == y.len() && x.iter().zip(y).all(|(p, q)| same(p, q, depth - 1));
    match (&a.kind, &b.kind) {
        _ if a.is_unset() && b.is_unset() => true,
        (Kind::Bool(x), Kind::Bool(y)) => x == y,
        (Kind::Number(x), Kind::Number(y)) => x == y,
        (Kind::String(x), Kind::String(y)) => x == y,
        (
            Kind::List(_, x) | Kind::Set(_, x) | Kind::Tuple(x),
            Kind::List(_, y) | Kind::Set(_, y) | Kind::Tuple(y),
        ) => Arc::ptr_eq(x, y) || all(x, y),
        (Kind::Map(_, x) | Kind::Object(x), Kind::Map(_, y) | Kind::Object(y)) => {
            Arc::ptr_eq(x, y)
                || x.len() == y.len()
                    && x.iter().zip(y.iter()).all(|((k, p), (l, q))| k == l && same(p, q, depth - 1))
        }
        (Kind::Unknown(x), Kind::Unknown(y)) => {
            x.reason == y.reason
                && x.prefix == y.prefix
                && x.suffix == y.suffix
                && match (a.encoded(), b.encoded()) {
                    (Some(p), Some(q)) => same(p, q, depth - 1),
                    (None, None) => true,
                    _ => false,
                }
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trueline_model::{Reason, Type};

    fn object(entries: &[(&str, Value)]) -> Value {
        Value::object(entries.iter().map(|(k, v)| (Arc::from(*k), v.clone())).collect())
    }

    fn set(items: Vec<Value>) -> Value {
        Kind::Set(Type::Any, Arc::new(items)).into()
    }

    fn routes(before: &Value, after: &Value) -> Vec<String> {
        changed(before, after).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn leaves_that_changed_are_named_and_unset_is_absent() {
        let unset = Value::unknown(Type::String, Reason::Unset);
        let before = object(&[
            ("a", Value::bool(false)),
            ("b", Value::null()),
            ("c", unset),
            ("d", Value::string("x")),
        ]);
        let after = object(&[
            ("a", Value::bool(true)),
            ("d", Value::string("x")),
            ("tags", object(&[("O", Value::string("p"))])),
        ]);
        assert_eq!(routes(&before, &after), ["a", "tags.O"]);
    }

    #[test]
    fn a_removed_element_of_a_list_is_the_one_that_went() {
        let list = |names: &[&str]| Value::tuple(names.iter().map(|n| Value::string(*n)).collect());
        assert_eq!(routes(&list(&["a", "b", "c"]), &list(&["a", "c"])), ["[1]"]);
        assert_eq!(routes(&list(&["a"]), &list(&["a", "z"])), ["[1]"]);
        assert_eq!(routes(&list(&["a", "b"]), &list(&["a", "z"])), ["[1]"]);
        assert_eq!(routes(&list(&["a", "b", "c"]), &list(&["x"])), ["[0]", "[1]", "[2]"]);
    }

    #[test]
    fn elements_of_sets_are_paired_by_likeness() {
        let rule =
            |port: i64, cidr: &str| object(&[("port", Value::number(port)), ("cidr", Value::string(cidr))]);
        let before = set(vec![rule(22, "0.0.0.0/0"), rule(80, "0.0.0.0/0"), rule(443, "10.0.0.0/8")]);
        let after = set(vec![rule(80, "0.0.0.0/0"), rule(22, "10.0.0.0/8"), rule(443, "10.0.0.0/8")]);
        assert_eq!(routes(&before, &after), ["[0].cidr"]);
        assert_eq!(routes(&before, &set(vec![rule(22, "0.0.0.0/0"), rule(443, "10.0.0.0/8")])), ["[1]"]);
    }

    #[test]
    fn a_document_is_compared_as_what_it_holds() {
        let doc = |action: &str, text: &str| {
            let mut v = Value::string(text);
            v.document =
                Some(Arc::new(object(&[("Action", Value::string(action)), ("Sid", Value::string("s"))])));
            object(&[("policy", v)])
        };
        assert_eq!(routes(&doc("*", "one"), &doc("s3:Get", "two")), ["policy.Action"]);
        assert!(routes(&doc("*", "one"), &doc("*", "other white space")).is_empty());
    }

    #[test]
    fn an_intent_covers_what_is_below_it_with_or_without_the_index_of_a_single_block() {
        let r = |s: &str| s.parse::<Route>().unwrap();
        for (route, intent, yes) in [
            ("tags.Owner", "tags", true),
            ("tags", "tags.Owner", false),
            ("versioning[0].enabled", "versioning.enabled", true),
            ("versioning[0].enabled", "versioning[0]", true),
            ("versioning[1].enabled", "versioning.enabled", false),
            ("ingress[1].cidr", "ingress[0]", false),
            ("b", "a", false),
        ] {
            assert_eq!(covered(&r(route), &[&r(intent)]), yes, "{route} by {intent}");
        }
    }
}
