//! Expectations of attributes, blocks, elements, and statements of documents.

use trueline_model::{Resource, Route, Value, Verdict};

use super::read::{Ask, Expectation};
use super::spot::{End, Found, Spot, spots};
use super::surroundings::Surroundings;
use super::test::{Holds, Test};
use super::{Outcome, repair, words};
use crate::element::Element;

/// Decides on an expectation of an attribute.
pub(super) fn decide(
    e: &Expectation,
    resource: &Resource,
    around: &Surroundings<'_>,
) -> Result<Vec<Outcome>, String> {
    let Ask::Attribute { each, route, test } = &e.ask else { return Ok(Vec::new()) };
    let mut out = Vec::new();
    for spot in asked(resource, &e.base, each.as_ref(), route, test) {
        let outcome = match of(&spot, test) {
            Holds::Yes => Outcome::Pass { address: e.subject.clone(), route: spot.route.to_string() },
            Holds::No => Outcome::Said(Verdict::Fail, Box::new(failed(e, test, &spot, resource))),
            Holds::Open(why) => {
                let element = words::undecided(e, &place(&spot), &why, around);
                Outcome::Said(Verdict::Unknown, Box::new(element))
            }
        };
        out.push(outcome);
    }
    Ok(out)
}

/// Whether a test holds of an attribute, all its places taken together: one that fails is enough for no.
pub(super) fn holds(
    resource: &Resource,
    base: &Route,
    route: &Route,
    test: &Test,
    _around: &Surroundings<'_>,
) -> Result<Holds, String> {
    let mut open = None;
    for spot in asked(resource, base, None, route, test) {
        match of(&spot, test) {
            Holds::Yes => {}
            Holds::No => return Ok(Holds::No),
            Holds::Open(why) => open = open.or(Some(why)),
        }
    }
    Ok(open.map_or(Holds::Yes, Holds::Open))
}

/// The places that are asked.
fn asked<'v>(
    resource: &'v Resource,
    base: &Route,
    each: Option<&Route>,
    route: &Route,
    test: &Test,
) -> Vec<Spot<'v>> {
    let end = if test.asks_elements() { End::Leaves } else { End::Whole };
    let Some(each) = each else { return spots(resource, base, route, end) };
    let mut out = Vec::new();
    for holder in spots(resource, base, each, End::Each) {
        match holder.what {
            // No such block, or an empty list: nothing is asked.
            Found::NoBlock(_) => {}
            Found::Value(v) if super::test::is_nothing(v) => {}
            Found::Value(v) if v.is_unknown() && v.encoded().is_none() => {
                let why = v.reason().map(ToString::to_string).unwrap_or_default();
                out.push(Spot { what: Found::Open(holder.route.clone(), why), route: holder.route });
            }
            Found::Value(_) => out.extend(spots(resource, &holder.route, route, end)),
            Found::Open(..) => out.push(holder),
        }
    }
    out
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
        operations: repair::of(e, test, spot, value),
        ..e.beside.clone()
    }
}
