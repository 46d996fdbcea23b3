//! Expectations: what must hold, as data that a policy selects.
//!
//! Enters: an element of a policy's `expect` set, and the plan. Leaves: whether it holds, and where it does not or can't be
//! decided, an element as `deny` and `unknown` give it: worded, placed, with the fix that follows from it.
//!
//! A policy says *what* (`{"of": r, "route": "deletion_protection", "equals": true, "else": "…"}`); only this room says what that
//! means where a value is not set, not known, sensitive, filled in by the provider, or in a resource that may not exist.
//!
//! | room | what enters | what leaves |
//! | --- | --- | --- |
//! | `read` | an element of `expect` | an [`Expectation`], or what is wrong with it |
//! | `spot` | a value and a route | the places that the route leads to, written or not |
//! | `test` | a value and what must hold of it | yes, no, or why that is open |
//! | `attribute`, `companion` | an expectation and the plan | outcomes |
//! | `words`, `repair` | an expectation and a place | messages, operations |

mod attribute;
mod companion;
mod read;
mod repair;
mod spot;
mod surroundings;
mod test;
mod words;

use trueline_model::{Resource, Verdict};
use trueline_rego::Value as Rego;

use crate::element::Element;
use read::{Ask, Expectation};
pub(crate) use surroundings::Surroundings;
use test::Holds;

/// What became of one expectation at one place.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It holds at this resource and route.
    Pass { address: String, route: String },
    /// It does not hold, or that can't be decided.
    Said(Verdict, Box<Element>),
}

/// Decides on one element of `expect`.
///
/// # Errors
/// What is wrong with the element, in words that name the key.
pub(crate) fn decide(element: &Rego, around: &Surroundings<'_>) -> Result<Vec<Outcome>, String> {
    let expectation = read::read(element)?;
    let Some(resource) = around.resource(&expectation.subject) else {
        return Err(format!("`of` names `{}`, which is no resource of the plan", expectation.subject));
    };
    Ok(one(&expectation, resource, around))
}

/// Decides on an expectation, or on each of the blocks or elements that are asked.
fn one(e: &Expectation, resource: &Resource, around: &Surroundings<'_>) -> Vec<Outcome> {
    if let Ask::Attribute { each: Some(each), route, test } = &e.ask {
        let mut out = Vec::new();
        for holder in attribute::holders(resource, &e.base, each) {
            match holder {
                Ok(base) => {
                    let ask = Ask::Attribute { each: None, route: route.clone(), test: test.clone() };
                    out.extend(one(&Expectation { base, ask, ..e.clone() }, resource, around));
                }
                // Which there are is open, so what they say is, too.
                Err((at, why)) => {
                    let element = Box::new(words::undecided(e, &at, &why));
                    out.push(Outcome::Said(Verdict::Unknown, element));
                }
            }
        }
        return out;
    }
    let applies = applies(e, resource);
    if applies == Holds::No {
        return Vec::new();
    }
    let outcomes = match &e.ask {
        Ask::Attribute { .. } => attribute::decide(e, resource),
        Ask::Companion { .. } => companion::decide(e, resource, around),
    };
    let Holds::Open(why) = applies else { return outcomes };
    // Whether anything is asked of it is open: nothing is certain but what holds anyhow.
    let soften = |o| match o {
        Outcome::Said(Verdict::Fail, x) => {
            Outcome::Said(Verdict::Unknown, Box::new(words::undecided(e, &x.route, &why)))
        }
        other => other,
    };
    outcomes.into_iter().map(soften).collect()
}

/// Whether something is asked of the place: all of `when`, and none of `unless`.
fn applies(e: &Expectation, resource: &Resource) -> Holds {
    let mut open = e.doubt.clone();
    for (tests, wanted) in [(&e.when, true), (&e.unless, false)] {
        for (route, test) in tests {
            match attribute::holds(resource, &e.base, route, test) {
                Holds::Open(why) => open = open.or(Some(why)),
                Holds::Yes if wanted => {}
                Holds::No if !wanted => {}
                _ => return Holds::No,
            }
        }
    }
    open.map_or(Holds::Yes, Holds::Open)
}

/// What an element of `expect` asks for, in words; nothing for what is no expectation.
pub(crate) fn requirement(element: &Rego) -> Option<String> {
    let expectation = read::read(element).ok()?;
    let kind = expectation.subject.split('.').next().unwrap_or_default().to_owned();
    Some(words::requirement(&expectation, &kind))
}
