//! What gets another name.

use std::sync::Arc;

use trueline_model::{Resource, Route, Segment};

use super::scene::Scene;
use super::{meant, set, steps};
use crate::NoPlace;
use crate::change::{Change, Placement};

/// The way to give the argument or block at `route` the name `to`.
pub fn rename(
    scene: &Scene<'_>,
    resource: &Resource,
    route: &Route,
    to: &str,
) -> Result<Vec<Placement>, NoPlace> {
    let reached = scene.reach(resource, route)?;
    if let Some(name) = &reached.unsure {
        let (address, name) = (resource.address.to_string(), name.to_string());
        return Err(NoPlace::WhichBlock { address, name });
    }
    let change = |at| Change::Rename { at, to: to.into() };
    let found = reached.whole.filter(|_| reached.rest.is_empty()).map(change).into_iter().collect();
    let changes = set::editable(scene, found);
    if changes.is_empty() {
        let (address, route) = (resource.address.to_string(), route.to_string());
        return Err(NoPlace::Upstream { address, route });
    }
    let mut right = route.clone();
    let name = right.0.iter_mut().rev().find(|s| matches!(s, Segment::Name(_)));
    if let Some(last) = name {
        *last = Segment::Name(Arc::from(to));
    }
    let names = right.0.iter().filter(|s| matches!(s, Segment::Name(_))).count();
    steps::known_everywhere(resource, &right, Some(names.saturating_sub(1)))?;
    Ok(meant(resource, &right, changes))
}
