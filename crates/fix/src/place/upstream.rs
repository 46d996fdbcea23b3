//! The way out of a module that is not ours: the argument of the `module` block that leads to the value.

use std::sync::Arc;

use trueline_hcl::Block;
use trueline_model::{OpValue, Resource, Via};
use trueline_text::Location;

use super::scene::Scene;
use super::walk::Reached;
use crate::change::{Change, Step, StepKind};

/// Sets the argument of the nearest `module` block of ours from which the value comes, if it comes from one.
pub fn argument(
    scene: &Scene<'_>,
    resource: &Resource,
    reached: &Reached<'_>,
    value: &OpValue,
) -> Option<Change> {
    if !reached.rest.is_empty() || scene.owns(resource) {
        return None;
    }
    let origin = reached.value.as_ref()?.origin.clone()?;
    let calls = calls(scene, resource);
    for step in origin.chain() {
        if !step.via.is_identity() {
            return None;
        }
        let Via::Variable(name) = &step.via else { continue };
        let dir = directory(scene.path(step.at.file));
        let Some(call) = calls.iter().find(|c| *c.child == *dir) else { continue };
        if scene.may_edit(call.at) {
            let path = vec![Step { name: name.clone(), kind: StepKind::Attribute }];
            return Some(Change::Put { at: call.at, path, value: value.clone() });
        }
    }
    None
}

/// A `module` block on the way to a resource.
struct Call {
    at: Location,
    child: Arc<str>,
}

/// The `module` blocks that lead to a resource, from the root.
fn calls(scene: &Scene<'_>, resource: &Resource) -> Vec<Call> {
    let mut out = Vec::new();
    let Some(mut dir) = scene.plan.directories.first().cloned() else { return out };
    for step in &resource.address.modules {
        let Some((at, _)) = block(scene, &dir, "module", &[&step.name]) else { break };
        let here = |l: &Location| l.file == at.file && (at.span.contains(l.span) || l.span.contains(at.span));
        let Some((child, _)) = scene.plan.callers.iter().find(|(_, places)| places.iter().any(here)) else {
            break;
        };
        out.push(Call { at, child: child.clone() });
        dir = child.clone();
    }
    out
}

/// The top-level block of this type and labels in a directory.
pub fn block<'a>(scene: &Scene<'a>, dir: &str, kind: &str, labels: &[&str]) -> Option<(Location, &'a Block)> {
    for file in scene.parsed.directories.get(dir)? {
        let Some(tree) = scene.tree(*file) else { continue };
        let mut blocks = tree.body.blocks().filter(|b| &*b.kind.text == kind);
        let found = blocks.find(|b| {
            b.labels.len() == labels.len() && b.labels.iter().zip(labels).all(|(l, w)| *l.text == **w)
        });
        if let Some(b) = found {
            return Some((Location { file: *file, span: b.span }, b));
        }
    }
    None
}

/// The directory of a file's path.
pub fn directory(path: &str) -> String {
    trueline_text::normalize(path.rsplit_once('/').map_or(".", |(d, _)| if d.is_empty() { "/" } else { d }))
}
