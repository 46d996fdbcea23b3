//! What is taken away.

use trueline_hcl::ExprKind;
use trueline_model::{Resource, Route, Value};
use trueline_text::Location;

use super::scene::Scene;
use super::walk::Reached;
use super::{computed, document, meant, set, settled};
use crate::NoPlace;
use crate::change::{Change, Placement};
use trueline_hcl::trail::{Node, trail};

/// The ways to take away what is at `route`.
pub fn remove(scene: &Scene<'_>, resource: &Resource, route: &Route) -> Result<Vec<Placement>, NoPlace> {
    let reached = scene.reach(resource, route)?;
    if let Some(name) = &reached.unsure {
        let (address, name) = (resource.address.to_string(), name.to_string());
        return Err(NoPlace::WhichBlock { address, name });
    }
    let is_document = reached.value.as_ref().is_some_and(|v| v.encoded().is_some());
    if is_document && !reached.rest.is_empty() {
        let changes = document::changes(scene, resource, route, &reached, None)?;
        return Ok(meant(resource, route, set::editable(scene, changes)));
    }
    let changes = set::editable(scene, ways(scene, &reached));
    if !changes.is_empty() {
        return Ok(meant(resource, route, changes));
    }
    if !scene.owns(resource) {
        return Err(NoPlace::Upstream { address: resource.address.to_string(), route: route.to_string() });
    }
    match resource.values.at(route).is_none_or(Value::is_unset) {
        true => Ok(settled()),
        false => Err(computed(resource, route)),
    }
}

/// The ways from where a walk ended.
pub fn ways(scene: &Scene<'_>, reached: &Reached<'_>) -> Vec<Change> {
    if reached.rest.is_empty() {
        return reached.whole.map(|at| Change::Delete { at }).into_iter().collect();
    }
    let leaf = reached.value.as_ref().and_then(|v| v.at(&Route(reached.rest.clone())));
    leaf.and_then(|v| in_constructor(scene, v)).map(|at| Change::Delete { at }).into_iter().collect()
}

/// The entry or element that a literal is, where it stands directly in a constructor.
fn in_constructor(scene: &Scene<'_>, value: &Value) -> Option<Location> {
    let (at, e) = scene.literal(value)?;
    let way = trail(scene.tree(at.file)?, at.span);
    let mut above = way.iter().rev().skip_while(|n| !matches!(n, Node::Expr(x) if x.span == e.span)).skip(1);
    match above.next()? {
        Node::Entry(entry) => Some(Location { file: at.file, span: entry.span }),
        Node::Expr(parent) if matches!(parent.kind, ExprKind::Tuple(_)) => Some(at),
        _ => None,
    }
}
