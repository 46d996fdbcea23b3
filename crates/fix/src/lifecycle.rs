//! What `lifecycle` of a resource that exists says to a fix: `prevent_destroy` and `ignore_changes`.
//!
//! Enters: a resource, and what a fix means to do. Leaves: what Terraform will not do although the code asks for it, in
//! words. A new resource is made with all that is written, whatever its `lifecycle` says.

use std::sync::Arc;

use trueline_hcl::{Expr, ExprKind};
use trueline_model::{Address, EffectKind, FixOffer, Operation, Resource, Route, Segment};

use crate::place::{Scene, argument, nested};

/// What the author of a resource asked Terraform to leave alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caveats {
    /// The change makes the resource anew, which `prevent_destroy` forbids.
    pub prevented: Option<String>,
    /// The attributes that change are in `ignore_changes`.
    pub ignored: Option<String>,
}

impl Caveats {
    /// Looks at the resources that a fix means to change; `exists` tells of which there is one already.
    pub fn of(
        scene: &Scene<'_>,
        offer: &FixOffer,
        subject: Option<&Address>,
        exists: &dyn Fn(&Resource) -> bool,
    ) -> Self {
        let mut out = Self::default();
        let replaces = offer.effects.iter().any(|e| e.kind == EffectKind::Replaces);
        for operation in &offer.operations {
            let Some((address, route)) = target(operation) else { continue };
            let Some(resource) = address.or(subject).and_then(|a| scene.resource(a)) else { continue };
            let Some(lifecycle) = Lifecycle::of(scene, resource).filter(|_| exists(resource)) else {
                continue;
            };
            if replaces && lifecycle.prevent_destroy && out.prevented.is_none() {
                out.prevented = Some(format!(
                    "`{}` has `prevent_destroy = true`, so every plan ends in an error until that is taken out",
                    resource.address
                ));
            }
            if let Some(spelled) = lifecycle.ignores(route).filter(|_| out.ignored.is_none()) {
                out.ignored = Some(format!(
                    "`{}` has `ignore_changes = {spelled}`, so Terraform leaves the existing resource as it is",
                    resource.address
                ));
            }
        }
        out
    }

    /// Those that there are.
    pub fn words(&self) -> impl Iterator<Item = &String> {
        self.prevented.iter().chain(&self.ignored)
    }
}

/// The resource and route that an operation changes in what exists.
fn target(operation: &Operation) -> Option<(Option<&Address>, &Route)> {
    match operation {
        Operation::Set { address, route, .. }
        | Operation::Default { address, route, .. }
        | Operation::Remove { address, route }
        | Operation::Statement { address, route, .. } => Some((address.as_ref(), route)),
        // What Terraform refuses as it is written was never applied; a companion is a resource of its own.
        Operation::Rename { .. } | Operation::Respell { .. } | Operation::Ensure { .. } => None,
    }
}

/// The `lifecycle` block of a resource.
#[derive(Debug, Default)]
struct Lifecycle {
    prevent_destroy: bool,
    all: bool,
    ignored: Vec<(Route, String)>,
}

impl Lifecycle {
    fn of(scene: &Scene<'_>, resource: &Resource) -> Option<Self> {
        let (at, node) = scene.declaration(resource).ok()?;
        let mut out = Self::default();
        for body in nested(node, "lifecycle") {
            if let Some((e, _)) = argument(body, "prevent_destroy") {
                out.prevent_destroy |= matches!(e.unparen().kind, ExprKind::Bool(true))
                    || e.unparen().as_literal_str() == Some("true");
            }
            let Some((e, _)) = argument(body, "ignore_changes") else { continue };
            let written = |e: &Expr| match e.unparen().as_literal_str() {
                Some(s) => s.to_owned(),
                None => e.unparen().span.text(scene.text(at.file)).to_owned(),
            };
            match &e.unparen().kind {
                ExprKind::Tuple(items) => {
                    for text in items.iter().map(written) {
                        out.all |= text == "all";
                        out.ignored.extend(route(&text).map(|r| (r, text)));
                    }
                }
                _ => out.all |= written(e) == "all",
            }
        }
        Some(out)
    }

    /// How it is spelled that changes at this route are ignored, if they are.
    fn ignores(&self, route: &Route) -> Option<String> {
        if self.all {
            return Some("all".to_owned());
        }
        let wanted = names(route);
        let covers = |r: &Route| {
            let ignored = names(r);
            wanted.starts_with(&ignored) || ignored.starts_with(&wanted)
        };
        self.ignored.iter().find(|(r, _)| covers(r)).map(|(_, text)| format!("[{text}]"))
    }
}

/// `root_block_device.0.encrypted` is an older way to write an index.
fn route(text: &str) -> Option<Route> {
    text.split_whitespace().collect::<String>().parse().ok()
}

/// The names of a route: which element is meant is not compared, since blocks have no certain index.
fn names(route: &Route) -> Vec<Arc<str>> {
    let name = |s: &Segment| match s {
        Segment::Name(n) if n.bytes().all(|b| b.is_ascii_digit()) => None,
        Segment::Name(n) => Some(n.clone()),
        Segment::Index(_) => None,
    };
    route.0.iter().filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ignored_covers_what_is_below_it_and_what_it_is_a_part_of() {
        let r = |text: &str| route(text).unwrap();
        let lifecycle = |routes: &[&str]| Lifecycle {
            ignored: routes.iter().map(|t| (r(t), (*t).to_owned())).collect(),
            ..Lifecycle::default()
        };
        for (ignored, changed, yes) in [
            ("encrypted", "encrypted", true),
            ("encrypted", "kms_key_id", false),
            ("tags", "tags.Owner", true),
            ("tags[\"Owner\"]", "tags.Owner", true),
            ("tags[\"Owner\"]", "tags.CostCenter", false),
            ("tags[\"Owner\"]", "tags", true),
            ("root_block_device[0].encrypted", "root_block_device.encrypted", true),
            ("root_block_device.0.encrypted", "root_block_device[0].encrypted", true),
            ("root_block_device", "root_block_device[0].encrypted", true),
            ("root_block_device[0].tags", "root_block_device[0].encrypted", false),
        ] {
            assert_eq!(lifecycle(&[ignored]).ignores(&r(changed)).is_some(), yes, "{changed} by {ignored}");
        }
        assert_eq!(Lifecycle::default().ignores(&r("tags")), None);
        assert_eq!(
            Lifecycle { all: true, ..Lifecycle::default() }.ignores(&r("tags")).as_deref(),
            Some("all")
        );
    }
}
