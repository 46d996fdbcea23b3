//! Where operations land.
//!
//! Enters: the sources, a plan whose values know their origin, and the operations of one finding. Leaves: the ways to
//! carry them out, best first; which one is taken the proof decides. The order is fixed: the literal at the value's
//! origin, then the attribute itself, then what wraps it. Tags go to one place together (`tags`).

mod branch;
mod breach;
mod companion;
mod demand;
mod document;
mod element;
mod handed;
mod inline;
mod policy_document;
mod remove;
mod rename;
mod scene;
mod set;
mod stations;
mod steps;
mod survey;
mod tags;
mod upstream;
mod walk;

use std::sync::Arc;

use trueline_model::{Address, Finding, OpValue, Operation, Resource, Route, Segment};

use crate::NoPlace;
use crate::change::{Change, Placement};
pub use demand::{Demand, called};
use demand::{Tag, lacks};
pub use scene::Scene;
pub use survey::Surveys;
pub use upstream::directory;
pub use walk::{argument, nested};

/// Most ways that are tried for one finding.
const WAYS: usize = 24;

/// The ways to carry out the fix of a finding, best first; never empty.
pub fn place(scene: &Scene<'_>, finding: &Finding) -> Result<Vec<Placement>, NoPlace> {
    let operations = finding.fix.as_ref().map_or(&[][..], |f| &f.operations);
    let mut each = Vec::new();
    let mut tags: Vec<(Option<&Address>, Vec<Tag>)> = Vec::new();
    for operation in operations {
        if let Some((address, tag)) = tag(scene, finding, operation)? {
            match tags.iter_mut().find(|(a, _)| *a == address) {
                Some((_, all)) => all.push(tag),
                None => tags.push((address, vec![tag])),
            }
            continue;
        }
        each.push(match operation {
            // What stands in a block that is no resource is found by what was said of it.
            Operation::Rename { address: None, route, to }
                if breach::owned(scene, finding, route).is_some() =>
            {
                breach::rename(scene, finding, route, to)?
            }
            Operation::Respell { route, .. } => breach::respell(scene, finding, route)?,
            _ => operation_ways(scene, finding.address.as_ref(), operation)?,
        });
    }
    for (address, tags) in tags {
        each.push(tags::ways(scene, named(scene, address)?, &tags)?);
    }
    Ok(combine(&each))
}

/// The resource and the tag, if an operation is to give it one that it lacks.
fn tag<'f>(
    scene: &Scene<'_>,
    finding: &'f Finding,
    operation: &'f Operation,
) -> Result<Option<(Option<&'f Address>, Tag)>, NoPlace> {
    let (Some(tag), Operation::Set { address, .. } | Operation::Default { address, .. }) =
        (Tag::of(operation), operation)
    else {
        return Ok(None);
    };
    let address = address.as_ref().or(finding.address.as_ref());
    let adds = matches!(operation, Operation::Default { .. }) || lacks(named(scene, address)?, &tag.name);
    Ok(adds.then_some((address, tag)))
}

fn operation_ways(
    scene: &Scene<'_>,
    subject: Option<&Address>,
    operation: &Operation,
) -> Result<Vec<Placement>, NoPlace> {
    match operation {
        Operation::Set { address, route, value } => {
            let resource = named(scene, address.as_ref().or(subject))?;
            set::set(scene, resource, route, value)
        }
        Operation::Default { address, route, value } => {
            let resource = named(scene, address.as_ref().or(subject))?;
            set::default(scene, resource, route, value)
        }
        Operation::Remove { address, route } => {
            let resource = named(scene, address.as_ref().or(subject))?;
            remove::remove(scene, resource, route)
        }
        Operation::Rename { address, route, to } => {
            let resource = named(scene, address.as_ref().or(subject))?;
            rename::rename(scene, resource, route, to)
        }
        Operation::Respell { route, .. } => Err(NoPlace::NoResource(route.to_string())),
        Operation::Statement { address, route, change } => {
            let resource = named(scene, address.as_ref().or(subject))?;
            document::statement(scene, resource, route, change)
        }
        Operation::Ensure { kind, link, set } => {
            companion::ensure(scene, named(scene, subject)?, kind, link, set)
        }
    }
}

fn named<'a>(scene: &Scene<'a>, address: Option<&Address>) -> Result<&'a Resource, NoPlace> {
    let address = address.ok_or_else(|| NoPlace::NoResource("?".to_owned()))?;
    let missing = || NoPlace::NoResource(address.to_string());
    scene.resource(address).filter(|r| r.declared.is_some()).ok_or_else(missing)
}

/// One way of each, in the order of how far they are from the first of all.
fn combine(each: &[Vec<Placement>]) -> Vec<Placement> {
    let mut choices: Vec<Vec<usize>> = vec![Vec::new()];
    for ways in each {
        let mut next = Vec::new();
        for chosen in &choices {
            for i in 0..ways.len() {
                next.push(chosen.iter().copied().chain([i]).collect());
            }
        }
        next.sort_by_key(|c: &Vec<usize>| (c.iter().sum::<usize>(), c.clone()));
        next.truncate(WAYS);
        choices = next;
    }
    choices
        .iter()
        .map(|c| {
            let picked = each.iter().zip(c).filter_map(|(ways, i)| ways.get(*i));
            picked.fold(Placement::default(), Placement::and)
        })
        .collect()
}

/// Placements of single changes that mean to change `route` of `resource`.
fn meant(resource: &Resource, route: &Route, changes: Vec<Change>) -> Vec<Placement> {
    let mut intents = vec![(resource.address.clone(), route.clone())];
    if route.head().is_some_and(|h| &**h == "tags") {
        // What the provider reports of all tags follows the resource's own.
        let mut all = route.clone();
        if let Some(first) = all.0.first_mut() {
            *first = Segment::Name("tags_all".into());
        }
        intents.push((resource.address.clone(), all));
    }
    let intents = vec![Arc::new(intents)];
    changes.into_iter().map(|c| Placement { intents: intents.clone(), ..Placement::of(c) }).collect()
}

/// Nothing to do.
fn settled() -> Vec<Placement> {
    vec![Placement::default()]
}

fn computed(resource: &Resource, route: &Route) -> NoPlace {
    NoPlace::Computed { address: resource.address.to_string(), route: route.to_string() }
}

/// A value as a list, as attributes of the list type want it.
fn listed(value: &OpValue) -> OpValue {
    match value {
        OpValue::Json(j @ serde_json::Value::Array(_)) => OpValue::Json(j.clone()),
        OpValue::Json(j) => OpValue::Json(serde_json::Value::Array(vec![j.clone()])),
        OpValue::Hcl(h) => OpValue::Hcl(format!("[{h}]")),
    }
}
