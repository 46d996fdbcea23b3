//! Expectations of attributes, blocks, elements, and statements of documents.

use trueline_model::{Resource, Route, Value, Verdict};

use super::read::{Ask, Expectation};
use super::spot::{End, Found, Spot, spots};
use super::test::{Holds, Test};
use super::{Outcome, repair, words};
use crate::element::Element;

/// Decides on an expectation of an attribute.
pub(super) fn decide(e: &Expectation, resource: &Resource) -> Vec<Outcome> {
    let Ask::Attribute { route, test, .. } = &e.ask else { return Vec::new() };
    let outcome = |spot: Spot<'_>| match of(&spot, test) {
        Holds::Yes => Outcome::Pass { address: e.subject.clone(), route: spot.route.to_string() },
        Holds::No => Outcome::Said(Verdict::Fail, Box::new(failed(e, test, &spot, resource))),
        Holds::Open(why) => {
            Outcome::Said(Verdict::Unknown, Box::new(words::undecided(e, &place(&spot), &why)))
        }
    };
    asked(resource, &e.base, route, test).into_iter().map(outcome).collect()
}

/// Whether a test holds of an attribute, all its places taken together: one that fails is enough for no.
pub(super) fn holds(resource: &Resource, base: &Route, route: &Route, test: &Test) -> Holds {
    let mut open = None;
    for spot in asked(resource, base, route, test) {
        match of(&spot, test) {
            Holds::Yes => {}
            Holds::No => return Holds::No,
            Holds::Open(why) => open = open.or(Some(why)),
        }
    }
    open.map_or(Holds::Yes, Holds::Open)
}

/// The blocks or elements that each are asked; where it is open which there are, the place and why.
pub(super) fn holders(
    resource: &Resource,
    base: &Route,
    each: &Route,
) -> Vec<Result<Route, (Route, String)>> {
    let holder = |spot: Spot<'_>| match spot.what {
        // No such block, or an empty list: nothing is asked.
        Found::NoBlock(_) => None,
        Found::Value(v) if super::test::is_nothing(v) => None,
        Found::Value(v) if v.is_unknown() && v.encoded().is_none() => {
            let why = v.reason().map(ToString::to_string).unwrap_or_default();
            Some(Err((spot.route, why)))
        }
        Found::Value(_) => Some(Ok(spot.route)),
        Found::Open(at, why) => Some(Err((at, why))),
    };
    spots(resource, base, each, End::Each).into_iter().filter_map(holder).collect()
}

/// The places that are asked.
fn asked<'v>(resource: &'v Resource, base: &Route, route: &Route, test: &Test) -> Vec<Spot<'v>> {
    let end = if test.asks_elements() { End::Leaves } else { End::Whole };
    spots(resource, base, route, end)
}

fn of(spot: &Spot<'_>, test: &Test) -> Holds {
    match &spot.what {
        Found::Value(v) => test.of(v),
        Found::NoBlock(_) if test.of_nothing() => Holds::Yes,
        Found::NoBlock(_) => Holds::No,
        Found::Open(_, why) => Holds::Open(why.clone()),
    }
}

/// Where a finding points: to what is there.
fn place(spot: &Spot<'_>) -> Route {
    match &spot.what {
        Found::Value(_) => spot.route.clone(),
        Found::NoBlock(block) => block.clone(),
        Found::Open(at, _) => at.clone(),
    }
}

fn failed(e: &Expectation, test: &Test, spot: &Spot<'_>, resource: &Resource) -> Element {
    let value: Option<&Value> = match &spot.what {
        Found::Value(v) => Some(v),
        _ => None,
    };
    let says = match &spot.what {
        Found::NoBlock(block) => words::no_block(block),
        _ => words::is(test, &spot.route, value, resource),
    };
    Element {
        message: format!("{says}: {}", e.otherwise),
        route: place(spot),
        operations: repair::of(e, test, spot, value, resource),
        ..e.beside.clone()
    }
}
