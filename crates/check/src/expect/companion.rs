//! Expectations of companions: another resource refers to this one, and has these values.

use trueline_model::{OpValue, Operation, Resource, Route, Verdict};

use super::read::{Ask, Expectation};
use super::surroundings::{Serves, Surroundings};
use super::test::{Comparison, Test};
use super::{Outcome, attribute, words};
use crate::element::Element;

/// Most companions that are named.
const MOST: usize = 4;

/// Decides on an expectation of a companion: one that holds is enough.
pub(super) fn decide(e: &Expectation, resource: &Resource, around: &Surroundings<'_>) -> Vec<Outcome> {
    let Ask::Companion { kind, link, tests } = &e.ask else { return Vec::new() };
    let all = around.companions(resource, kind, &link.0, &link.1);
    let mut perhaps: Vec<(&Resource, String)> = Vec::new();
    let mut broken: Option<Vec<Outcome>> = None;
    for (c, serves) in &all {
        let said = judge(e, c, tests);
        match serves {
            Serves::Surely if said.is_empty() => {
                let pass = Outcome::Pass { address: e.subject.clone(), route: String::new() };
                return vec![pass];
            }
            Serves::Surely => broken = broken.or(Some(said)),
            Serves::Perhaps(why) => perhaps.push((*c, why.clone())),
        }
    }
    match (broken, perhaps.as_slice()) {
        (Some(said), []) => said,
        (None, []) => vec![Outcome::Said(Verdict::Fail, Box::new(absent(e, kind, link, tests)))],
        (_, maybe) => vec![Outcome::Said(Verdict::Unknown, Box::new(open(e, maybe)))],
    }
}

/// What is said of a companion that surely serves the resource; nothing if all holds.
fn judge(e: &Expectation, c: &Resource, tests: &[(Route, Test)]) -> Vec<Outcome> {
    let mut out = Vec::new();
    for (route, test) in tests {
        let address = c.address.to_string();
        // The same expectation, asked of the companion's own attribute.
        let inner = Expectation {
            subject: address.clone(),
            base: Route::root(),
            ask: Ask::Attribute { each: None, route: route.clone(), test: test.clone() },
            beside: Element { subject: address.clone(), address: address.parse().ok(), ..e.beside.clone() },
            ..e.clone()
        };
        let outcomes = attribute::decide(&inner, c);
        out.extend(outcomes.into_iter().filter(|o| matches!(o, Outcome::Said(..))));
    }
    out
}

fn absent(e: &Expectation, kind: &str, link: &(String, String), tests: &[(Route, Test)]) -> Element {
    let operations = match &e.repair.instead {
        Some(all) => all.clone(),
        None => made(e, kind, link, tests),
    };
    Element { message: format!("no `{kind}` refers to it: {}", e.otherwise), operations, ..e.beside.clone() }
}

/// The companion as it has to be made; none where a test leaves several values.
fn made(e: &Expectation, kind: &str, link: &(String, String), tests: &[(Route, Test)]) -> Vec<Operation> {
    let mut set: Vec<(Route, OpValue)> = Vec::new();
    let given = |route: &Route| e.repair.also.iter().any(|(r, _)| words::plain(r) == words::plain(route));
    for (route, test) in tests.iter().filter(|(r, _)| !given(r)) {
        match &test.kind {
            Comparison::Equals(v) => set.push((route.clone(), OpValue::Json(v.clone()))),
            _ if test.of_nothing() => {}
            _ => return Vec::new(),
        }
    }
    set.extend(e.repair.also.iter().cloned());
    vec![Operation::Ensure { kind: kind.to_owned(), link: vec![link.clone()], set }]
}

fn open(e: &Expectation, maybe: &[(&Resource, String)]) -> Element {
    let what = e.what.clone().unwrap_or_else(|| words::wanted(e));
    let mut names: Vec<String> = maybe.iter().map(|(c, _)| format!("`{}`", c.address)).collect();
    let more = names.len().saturating_sub(MOST);
    names.truncate(MOST);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let mut whys: Vec<&str> = maybe.iter().map(|(_, w)| w.as_str()).collect();
    whys.sort_unstable();
    Element {
        message: format!("whether {what} can't be decided: {}{more} may belong to it", names.join(", ")),
        why: whys.first().map(|w| (*w).to_owned()),
        help: None,
        severity: None,
        effects: Vec::new(),
        needs: Vec::new(),
        operations: Vec::new(),
        ..e.beside.clone()
    }
}
