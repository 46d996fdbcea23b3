//! What a finding of an organization's policy is about, where the policy does not say it.
//!
//! Enters: a plan, what was read on the way to a result, and the result. Leaves: the result with the address of the
//! resource and the route of the attribute that it rests on. Where the reads are of several resources and the message
//! names none of them, there is no address: none is better than a wrong one.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use trueline_model::{Kind, Plan, Resource, Route, Segment, Value};
use trueline_rego::{Route as Steps, Value as Rego};

use crate::applicability::has_operations;
use crate::element::Element;
use crate::locate::written;

/// The resources of a plan, as reads name them.
pub struct Subjects<'p> {
    plan: &'p Plan,
    resources: BTreeMap<String, &'p Resource>,
    /// The addresses of each list in `data.trueline`, by its name and the type.
    lists: BTreeMap<(&'static str, &'p str), Vec<String>>,
}

/// What was read of one resource.
struct Looked {
    address: String,
    /// In its values, in the order of reading.
    routes: Vec<Route>,
}

impl<'p> Subjects<'p> {
    /// Those of this plan.
    pub fn of(plan: &'p Plan) -> Self {
        let (mut resources, mut lists) = (BTreeMap::new(), BTreeMap::<_, Vec<String>>::new());
        for (name, all) in [("resources", &plan.resources), ("data_sources", &plan.data)] {
            for r in all {
                let address = r.address.to_string();
                lists.entry((name, &*r.address.kind)).or_default().push(address.clone());
                resources.insert(address, r);
            }
        }
        Self { plan, resources, lists }
    }

    /// Gives a result the address and the route that it rests on, as far as it names none. A result that carries a fix
    /// keeps what it says: what is changed is never guessed.
    pub fn complete(&self, element: &mut Element, reads: &[Steps]) {
        if has_operations(&element.operations) {
            return;
        }
        if element.location.is_some() || (!element.subject.is_empty() && !element.route.0.is_empty()) {
            return;
        }
        let all = self.looked(reads);
        let Some(found) = self.subject(&all, element) else { return };
        if element.subject.is_empty() {
            element.subject.clone_from(&found.address);
            element.address = found.address.parse().ok();
        }
        if element.route.0.is_empty()
            && let Some(resource) = self.resources.get(&found.address)
        {
            element.route = decisive(resource, &found.routes, &element.message);
        }
    }

    /// What was read, by resource, in the order of the first read.
    fn looked(&self, reads: &[Steps]) -> Vec<Looked> {
        let mut out: Vec<Looked> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for read in reads {
            let Some((address, route)) = self.place(read) else { continue };
            let at = *places.entry(address.clone()).or_insert_with(|| {
                out.push(Looked { address, routes: Vec::new() });
                out.len() - 1
            });
            if let (Some(looked), Some(route)) = (out.get_mut(at), route) {
                looked.routes.push(route);
            }
        }
        out
    }

    /// The one that a result is about: the one it names, the first its message names, or the only one whose values were read.
    fn subject<'l>(&self, all: &'l [Looked], element: &Element) -> Option<&'l Looked> {
        if !element.subject.is_empty() {
            return all.iter().find(|l| l.address == element.subject);
        }
        let named = all.iter().filter_map(|l| Some((mention(&element.message, &l.address)?, l)));
        if let Some((_, looked)) = named.min_by_key(|(at, _)| *at) {
            return Some(looked);
        }
        let mut of_values = all.iter().filter(|l| !l.routes.is_empty());
        of_values.next().filter(|_| of_values.next().is_none())
    }

    /// The resource that a route in `input` or `data` belongs to, and the route in its values if it leads there.
    fn place(&self, read: &Steps) -> Option<(String, Option<Route>)> {
        let (root, steps) = read.split_first()?;
        match root.as_str()? {
            "input" => self.of_input(steps),
            "data" => self.of_data(steps),
            _ => None,
        }
    }

    fn of_input(&self, steps: &[Rego]) -> Option<(String, Option<Route>)> {
        let list = match steps.first()?.as_str()? {
            "resource_changes" => 0,
            "planned_values" => steps.iter().position(|s| s.as_str() == Some("resources"))?,
            _ => return None,
        };
        let mut entry: &Json = &self.plan.json;
        for step in steps.get(..=list + 1)? {
            entry = match (entry, step.as_str()) {
                (Json::Object(o), Some(key)) => o.get(key)?,
                (Json::Array(a), None) => a.get(number(step)?)?,
                _ => return None,
            };
        }
        let address = entry.get("address")?.as_str()?.to_owned();
        let rest = steps.get(list + 2..)?;
        let values = match (rest.first().and_then(Rego::as_str), rest.get(1).and_then(Rego::as_str)) {
            (Some("change"), Some("after")) => rest.get(2..),
            (Some("values"), _) => rest.get(1..),
            _ => None,
        };
        Some((address, values.and_then(route).filter(|r| !r.0.is_empty())))
    }

    fn of_data(&self, steps: &[Rego]) -> Option<(String, Option<Route>)> {
        let [room, list, kind, at, rest @ ..] = steps else { return None };
        if room.as_str() != Some("trueline") {
            return None;
        }
        let name = ["resources", "data_sources"].into_iter().find(|n| list.as_str() == Some(n))?;
        let address = self.lists.get(&(name, kind.as_str()?))?.get(number(at)?)?.clone();
        let values = match rest.first().and_then(Rego::as_str) {
            Some("values") => rest.get(1..).and_then(route),
            Some("documents") => rest.get(1).and_then(Rego::as_str).and_then(|at| at.parse().ok()),
            _ => None,
        };
        Some((address, values.filter(|r| !r.0.is_empty())))
    }
}

fn number(step: &Rego) -> Option<usize> {
    usize::try_from(step.to_json().as_u64()?).ok()
}

fn route(steps: &[Rego]) -> Option<Route> {
    let segment = |s: &Rego| match s.as_str() {
        Some(name) => Some(Segment::Name(name.into())),
        None => number(s).and_then(|n| u32::try_from(n).ok()).map(Segment::Index),
    };
    steps.iter().map(segment).collect::<Option<_>>().map(Route)
}

/// Where a text names an address: as a word of its own, and not as the beginning of another address.
fn mention(text: &str, address: &str) -> Option<usize> {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '[');
    text.match_indices(address).map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).and_then(|t| t.chars().next_back());
        let mut after = text.get(at + address.len()..).unwrap_or_default().chars();
        let goes_on = match after.next() {
            Some('.') => after.next().is_some_and(|c| c.is_alphanumeric() || c == '_'),
            other => other.is_some_and(part),
        };
        !goes_on && !before.is_some_and(|c| part(c) || c == '.')
    })
}

/// The route that decided: the last that was read, of those that go furthest. What the source wrote goes before what it
/// left out, and what was read for the message alone comes last.
fn decisive(resource: &Resource, routes: &[Route], message: &str) -> Route {
    let inner = |r: &&Route| !routes.iter().any(|o| o.0.len() > r.0.len() && o.0.starts_with(&r.0));
    let rank = |r: &&Route| {
        let value = resource.values.at(r);
        (!value.is_some_and(|v| shown(v, message)), written(&resource.values, r))
    };
    routes.iter().filter(inner).max_by_key(rank).cloned().unwrap_or_default()
}

/// True if a message has the text of a value in it.
fn shown(value: &Value, message: &str) -> bool {
    matches!(&value.kind, Kind::String(text) if !text.is_empty() && message.contains(&**text))
}
