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
    let applies = applies(&expectation, resource, around)?;
    if applies == Holds::No {
        return Ok(Vec::new());
    }
    let outcomes = match &expectation.ask {
        Ask::Attribute { .. } => attribute::decide(&expectation, resource, around)?,
        Ask::Companion { .. } => companion::decide(&expectation, resource, around)?,
    };
    let Holds::Open(why) = applies else { return Ok(outcomes) };
    // Whether anything is asked of it is open: nothing is certain but what holds anyhow.
    let soften = |o| match o {
        Outcome::Said(Verdict::Fail, e) => {
            Outcome::Said(Verdict::Unknown, Box::new(words::undecided(&expectation, &e.route, &why, around)))
        }
        other => other,
    };
    Ok(outcomes.into_iter().map(soften).collect())
}

/// Whether something is asked of the resource: all of `when`, and none of `unless`.
fn applies(e: &Expectation, resource: &Resource, around: &Surroundings<'_>) -> Result<Holds, String> {
    let mut open = e.doubt.clone();
    for (tests, wanted) in [(&e.when, true), (&e.unless, false)] {
        for (route, test) in tests {
            match attribute::holds(resource, &e.base, route, test, around)? {
                Holds::Open(why) => open = open.or(Some(why)),
                Holds::Yes if wanted => {}
                Holds::No if !wanted => {}
                _ => return Ok(Holds::No),
            }
        }
    }
    Ok(open.map_or(Holds::Yes, Holds::Open))
}

/// What an element of `expect` asks for, in words; nothing for what is no expectation.
pub(crate) fn requirement(element: &Rego) -> Option<String> {
    let expectation = read::read(element).ok()?;
    let kind = expectation.subject.split('.').next().unwrap_or_default().to_owned();
    Some(words::requirement(&expectation, &kind))
}
