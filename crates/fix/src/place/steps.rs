//! The steps down to what is written, and whether every version that a root admits knows it.

use std::sync::Arc;

use trueline_model::{Resource, Route, Segment};
use trueline_provider::schema::{BlockSchema, Section};
use trueline_terraform::versions;

use crate::NoPlace;
use crate::change::{Step, StepKind};

/// An error if a version that the root admits lacks what would be written.
pub fn known_everywhere(resource: &Resource, route: &Route, written: Option<usize>) -> Result<(), NoPlace> {
    if route.0.first().is_some_and(is_depends_on) {
        return Ok(());
    }
    let of = (Section::of(resource.address.mode), &*resource.address.kind);
    let Some(lack) = versions::lacking(&resource.provider, of, route, written) else { return Ok(()) };
    let kind = resource.address.kind.to_string();
    let what = match &lack.name {
        Some(name) => format!("`{name}` of `{kind}`"),
        None => format!("`{kind}`"),
    };
    let missing = if lack.certain { "is not in" } else { "is not known to be in" };
    let (version, admitted) = (lack.version.to_string(), resource.provider.versions.words());
    Err(NoPlace::NotInVersion { what, missing, version, admitted })
}

/// What Terraform itself reads of any resource, and a fix may write: what has to be there first.
fn is_depends_on(step: &Segment) -> bool {
    matches!(step, Segment::Name(n) if &**n == "depends_on")
}

/// The steps of a route below a body, by the schema's kinds.
pub fn steps(
    resource: &Resource,
    route: &Route,
    schema: Option<&Arc<BlockSchema>>,
    rest: &[Segment],
) -> Result<Vec<Step>, NoPlace> {
    let refuse = |problem: &str| NoPlace::Value { route: route.to_string(), problem: problem.to_owned() };
    let mut schema = schema.cloned();
    let mut inside = false;
    let mut out: Vec<Step> = Vec::new();
    for segment in rest {
        let name = match segment {
            Segment::Name(n) => n.clone(),
            Segment::Index(0) if out.last().is_some_and(|s| s.kind == StepKind::Block) => continue,
            Segment::Index(_) => return Err(refuse("there is no such element")),
        };
        let kind = match (&schema, inside) {
            (_, true) => StepKind::Entry,
            (None, false) => StepKind::Attribute,
            (Some(_), false) if out.is_empty() && is_depends_on(segment) => StepKind::Attribute,
            (Some(s), false) if s.blocks.contains_key(&name) => StepKind::Block,
            (Some(s), false) => match s.attributes.get(&name) {
                Some(a) if a.is_read_only() => return Err(refuse("the provider sets it, the source can't")),
                Some(_) => StepKind::Attribute,
                None => {
                    let (kind, name) = (resource.address.kind.to_string(), name.to_string());
                    return Err(NoPlace::NotInSchema { kind, name });
                }
            },
        };
        schema = schema.and_then(|s| s.blocks.get(&name).map(|b| b.block.clone()));
        inside = kind != StepKind::Block;
        out.push(Step { name, kind });
    }
    Ok(out)
}
