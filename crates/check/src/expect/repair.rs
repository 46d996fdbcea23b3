//! The fix that follows from an expectation.

use serde_json::Value as Json;
use trueline_model::{OpValue, Operation, Resource, Route, Segment, Value};

use super::read::Expectation;
use super::spot::Spot;
use super::test::{Comparison, Test};

/// What to change at a place where an expectation does not hold.
pub(super) fn of(
    e: &Expectation,
    test: &Test,
    spot: &Spot<'_>,
    value: Option<&Value>,
    resource: &Resource,
) -> Vec<Operation> {
    if let Some(all) = &e.repair.instead {
        return all.clone();
    }
    let Some(first) = change(e, test, &spot.route, value, resource) else { return Vec::new() };
    let mut out = vec![first];
    for (route, value) in &e.repair.also {
        let route = Route([&e.base.0[..], &beside(&spot.route, route).0[..]].concat());
        out.push(Operation::Default { address: None, route, value: value.clone() });
    }
    out
}

/// A route of `also`, in the block of the place where they begin alike.
fn beside(place: &Route, route: &Route) -> Route {
    let mut out = Route::root();
    let mut steps = place.0.iter().peekable();
    let mut numbered = false;
    for step in &route.0 {
        // The place says which block.
        if std::mem::take(&mut numbered) && matches!(step, Segment::Index(_)) {
            continue;
        }
        out.0.push(step.clone());
        match steps.next() {
            Some(s) if s == step => {
                while let Some(Segment::Index(_)) = steps.peek() {
                    out.0.extend(steps.next().cloned());
                    numbered = true;
                }
            }
            _ => steps = [].iter().peekable(),
        }
    }
    out
}

fn change(
    e: &Expectation,
    test: &Test,
    route: &Route,
    value: Option<&Value>,
    resource: &Resource,
) -> Option<Operation> {
    let set = |value: OpValue| Some(Operation::Set { address: None, route: route.clone(), value });
    match &e.repair.value {
        Some(OpValue::Json(Json::Array(all))) if test.asks_elements() => {
            return instead_of(route, all, resource);
        }
        Some(given) => return set(given.clone()),
        None => {}
    }
    match &test.kind {
        Comparison::Equals(v) => set(OpValue::Json(v.clone())),
        Comparison::AtLeast(n) | Comparison::AtMost(n) => set(OpValue::Json(number(*n))),
        Comparison::In(all) => match all.as_slice() {
            [one] => set(OpValue::Json(one.clone())),
            _ => None,
        },
        Comparison::Absent => Some(Operation::Remove { address: None, route: route.clone() }),
        Comparison::Includes(all) => set(OpValue::Json(Json::Array(with(value, all)?))),
        Comparison::NotIn(_)
        | Comparison::Matches(_)
        | Comparison::Never(_)
        | Comparison::Set
        | Comparison::Has(_) => None,
    }
}

fn number(n: f64) -> Json {
    #[allow(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
    match n.fract() == 0.0 && n.abs() < 1e15 {
        true => Json::from(n as i64),
        false => Json::from(n),
    }
}

/// The elements that are there, and those that are asked for behind them.
fn with(value: Option<&Value>, all: &[Json]) -> Option<Vec<Json>> {
    let mut out = Vec::new();
    for x in value.and_then(Value::as_items).unwrap_or_default() {
        out.push(Json::String(x.as_str()?.to_owned()));
    }
    out.extend(all.iter().filter(|v| !out.contains(v)).cloned().collect::<Vec<_>>());
    Some(out)
}

/// Several values instead of one element of a list, or one instead of a single value.
fn instead_of(route: &Route, all: &[Json], resource: &Resource) -> Option<Operation> {
    let whole = match route.split_last() {
        Some((list, Segment::Index(i))) => Some((list, *i as usize)),
        _ => None,
    };
    let Some((list, at)) = whole else {
        let [one] = all else { return None };
        return Some(Operation::Set {
            address: None,
            route: route.clone(),
            value: OpValue::Json(one.clone()),
        });
    };
    let mut out: Vec<Json> = Vec::new();
    for (i, x) in resource.values.at(&list)?.as_items()?.iter().enumerate() {
        let new = if i == at { all.to_vec() } else { vec![Json::String(x.as_str()?.to_owned())] };
        for v in new {
            if !out.contains(&v) {
                out.push(v);
            }
        }
    }
    Some(Operation::Set { address: None, route: list, value: OpValue::Json(Json::Array(out)) })
}
