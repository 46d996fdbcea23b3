//! Where tags go: all that a resource lacks to one place.
//!
//! In this order, unless the settings say otherwise: `default_tags` of the root's own provider block, where several resources lack the same; the local,
//! argument or variable that several of them use; the resource. The default of a module's parameter is no place for
//! them, since a caller's value takes its place.

use std::sync::Arc;

use trueline_hcl::{ExprKind, parse_expression};
use trueline_model::{OpValue, Resource, Route, Segment};
use trueline_provider::facts;
use trueline_provider::schema::Section;
use trueline_terraform::versions;
use trueline_text::Location;

use super::demand::{Tag, lacks};
use super::scene::{BodyNode, Scene};
use super::stations::{Chain, Kind, Station, local, stations};
use super::upstream::{block, directory};
use super::walk::{Here, argument, nested};
use super::{computed, handed, set, steps};
use crate::change::{Change, Placement, Step, StepKind};
use crate::{NoPlace, TagPlace};
use trueline_hcl::trail::all_below;

/// The ways to give a resource these tags.
pub fn ways(scene: &Scene<'_>, resource: &Resource, wanted: &[Tag]) -> Result<Vec<Placement>, NoPlace> {
    let tags: Vec<&Tag> = wanted.iter().filter(|t| lacks(resource, &t.name)).collect();
    let route = Route::name("tags");
    let own = resource.values.at(&route);
    if own.is_some_and(|v| v.is_unknown() && !v.is_unset()) {
        let (address, route) = (resource.address.to_string(), route.to_string());
        return Err(NoPlace::Undecided { address, route });
    }
    if tags.is_empty() {
        return Ok(super::settled());
    }
    let chain = Chain::of(scene, resource);
    // With each, whether it changes the default tags of the provider.
    let mut ways: Vec<(Vec<Change>, bool)> = Vec::new();
    let in_scope = chain.dir().is_some_and(|d| tags.iter().all(|t| knows(scene, d, &t.value)));
    let place = scene.demand.place;
    if let Some(provider) = Provider::of(scene, resource).filter(|_| place != TagPlace::Resource) {
        let shared = tags.iter().any(|t| scene.demand.share(provider.at, t) > 1);
        let several = place == TagPlace::Provider || shared || !in_scope;
        if several && tags.iter().all(|t| provider.takes(scene, resource, t)) {
            ways.extend(provider.ways(scene, &tags).into_iter().map(|w| (w, true)));
        }
    }
    let mut all = scene.demand.stations(scene, resource);
    all.retain(|s| s.may_edit(scene) && tags.iter().all(|t| knows(scene, &s.dir, &t.value)));
    // A tag that the resource sets to nothing is set there, and all the others beside it.
    let set_to_nothing = |t: &&Tag| own.and_then(|v| v.as_entries()).is_some_and(|e| e.contains_key(&t.name));
    let (empty, absent): (Vec<&Tag>, Vec<&Tag>) = tags.iter().copied().partition(set_to_nothing);
    if empty.is_empty() && place != TagPlace::Resource {
        let share = |s: &Station| {
            let count = |t: &&Tag| s.place().map_or(0, |at| scene.demand.share(at, t));
            tags.iter().map(count).max().unwrap_or(0)
        };
        let mut shared: Vec<(usize, &Station)> = all
            .iter()
            .filter(|s| s.kind != Kind::Own)
            .map(|s| (share(s), s))
            .filter(|(n, _)| *n > 1)
            .collect();
        shared.sort_by_key(|(n, s)| (std::cmp::Reverse(*n), s.kind));
        ways.extend(shared.iter().map(|(_, s)| (add(s, &tags), true)));
    }
    if in_scope {
        let mut own = own_ways(scene, resource, &all, &empty, &absent)?;
        let here = |w: &Vec<Change>| w.iter().all(|c| is_inside(resource, c));
        if place == TagPlace::Resource && own.iter().any(here) {
            own.retain(here);
        }
        ways.extend(own.into_iter().map(|w| (w, false)));
    } else if let Some(handed) = hand_down(scene, &chain, &tags) {
        let own = scene.demand.stations(scene, resource);
        let own: Vec<Station> =
            own.into_iter().filter(|s| s.kind == Kind::Own && s.may_edit(scene)).collect();
        let ways_below = own_ways(scene, resource, &own, &empty, &absent)?;
        ways.extend(ways_below.into_iter().map(|w| (handed.iter().cloned().chain(w).collect(), false)));
    }
    let mut out: Vec<Placement> = Vec::new();
    for (changes, by_default) in ways {
        let mut placement = Placement { changes, ..means(scene, resource, &tags) };
        if let Some(at) = resource.provider.declared.filter(|_| by_default) {
            placement.tags.extend(tags.iter().map(|t| (at, t.name.clone())));
        }
        if placement.changes.iter().all(|c| scene.may_edit(c.at())) && !out.contains(&placement) {
            out.push(placement);
        }
    }
    if out.is_empty() {
        return Err(match (in_scope, scene.owns(resource)) {
            (false, true) => NoPlace::OutOfScope {
                address: resource.address.to_string(),
                expression: tags.iter().find_map(|t| expression(&t.value)).unwrap_or_default().to_owned(),
            },
            (_, true) => computed(resource, &route),
            (_, false) => {
                let (address, route) = (resource.address.to_string(), route.to_string());
                NoPlace::Upstream { address, route }
            }
        });
    }
    Ok(out)
}

/// What is meant to change: these tags, and what the provider reports of all tags.
fn means(scene: &Scene<'_>, resource: &Resource, tags: &[&Tag]) -> Placement {
    let mut out = Placement::default();
    let mut own = Vec::new();
    for tag in tags {
        out.intents.extend(scene.demand.lacking(&tag.name).cloned());
        for head in ["tags", "tags_all"] {
            let route = Route(vec![Segment::Name(head.into()), Segment::Name(tag.name.clone())]);
            own.push((resource.address.clone(), route));
        }
    }
    out.intents.push(Arc::new(own));
    out
}

/// The changes that make all values known where the resource is declared.
fn hand_down(scene: &Scene<'_>, chain: &Chain<'_>, tags: &[&Tag]) -> Option<Vec<Change>> {
    let mut out: Vec<Change> = Vec::new();
    for tag in tags {
        for change in handed::down(scene, chain, &tag.value)? {
            if !out.contains(&change) {
                out.push(change);
            }
        }
    }
    Some(out)
}

fn add(station: &Station, tags: &[&Tag]) -> Vec<Change> {
    tags.iter().flat_map(|t| station.add(&t.name, &t.value)).collect()
}

/// The ways in the resource itself, and in what it alone is made of.
fn own_ways(
    scene: &Scene<'_>,
    resource: &Resource,
    all: &[Station],
    empty: &[&Tag],
    absent: &[&Tag],
) -> Result<Vec<Vec<Change>>, NoPlace> {
    let reached = scene.reach(resource, &Route::name("tags"))?;
    let mut beside: Vec<Vec<Change>> = Vec::new();
    if let Here::Body(file, node) = reached.here {
        let mut changes = Vec::new();
        for tag in absent {
            let route = Route(vec![Segment::Name("tags".into()), Segment::Name(tag.name.clone())]);
            let path = steps::steps(resource, &route, reached.schema.as_ref(), &route.0)?;
            changes.push(Change::Put { at: node.at(file), path, value: tag.value.clone() });
        }
        beside.push(changes);
    } else {
        let of = |kind: Kind| all.iter().filter(move |s| s.kind == kind).map(|s| add(s, absent));
        // The whole expression in a `merge` is the last of its own.
        let mut own: Vec<Vec<Change>> = of(Kind::Own).collect();
        let around = own.pop_if(|c| c.iter().any(|c| matches!(c, Change::Merge { .. })));
        beside.extend(own);
        beside.extend(of(Kind::Written));
        // Branches and elements, as far as they are places for one tag alone.
        let mut each: Vec<Vec<Vec<Change>>> = Vec::new();
        for tag in absent {
            let route = Route(vec![Segment::Name("tags".into()), Segment::Name(tag.name.clone())]);
            let ways = set::set(scene, resource, &route, &tag.value).unwrap_or_default().into_iter();
            each.push(ways.map(|w| w.changes).filter(|c| !c.iter().any(|c| is_variable(scene, c))).collect());
        }
        beside.extend(side_by_side(&each).into_iter().filter(|w| Some(w) != around.as_ref()));
        beside.extend(around);
        beside.extend(of(Kind::Handed));
    }
    if absent.is_empty() {
        beside = vec![Vec::new()];
    }
    let mut each: Vec<Vec<Vec<Change>>> = Vec::new();
    for tag in empty {
        let route = Route(vec![Segment::Name("tags".into()), Segment::Name(tag.name.clone())]);
        let ways = set::set(scene, resource, &route, &tag.value)?;
        let ways = ways.into_iter().map(|w| w.changes).filter(|c| !c.iter().any(|c| is_default(scene, c)));
        each.push(ways.collect());
    }
    each.push(beside);
    Ok(side_by_side(&each))
}

/// The same way for each, as far as they have one.
fn side_by_side(each: &[Vec<Vec<Change>>]) -> Vec<Vec<Change>> {
    let most = each.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = Vec::new();
    for n in 0..most {
        let nth = |ways: &Vec<Vec<Change>>| ways.get(n).or(ways.last()).cloned();
        let picked: Option<Vec<Vec<Change>>> = each.iter().map(nth).collect();
        out.extend(picked.map(|p| p.concat()));
    }
    out
}

/// True for a change inside the resource's own block.
fn is_inside(resource: &Resource, change: &Change) -> bool {
    let at = change.at();
    resource.declared.as_ref().is_some_and(|d| d.file == at.file && d.block.contains(at.span))
}

/// True for a change of what a variable of any module is given.
fn is_variable(scene: &Scene<'_>, change: &Change) -> bool {
    let at = change.at();
    let Some(tree) = scene.tree(at.file) else { return false };
    let path = scene.path(at.file);
    path.ends_with(".tfvars")
        || path.ends_with(".tfvars.json")
        || tree.body.blocks_of("variable").any(|b| b.span.contains(at.span))
}

/// True for a change of the default of a variable, which a caller's value takes the place of.
fn is_default(scene: &Scene<'_>, change: &Change) -> bool {
    let Some(root) = scene.plan.directories.first() else { return false };
    let at = change.at();
    let own_root = scene.demand.own_root && *directory(scene.path(at.file)) == **root;
    let Some(tree) = scene.tree(at.file).filter(|_| !own_root) else { return false };
    tree.body.blocks_of("variable").any(|b| b.span.contains(at.span))
}

/// The `provider` block of the root whose `default_tags` a resource gets.
pub struct Provider<'a> {
    /// The block.
    pub at: Location,
    node: BodyNode<'a>,
}

impl<'a> Provider<'a> {
    /// The block that configures the provider of a resource, if it stands in the root.
    pub fn of(scene: &Scene<'a>, resource: &Resource) -> Option<Self> {
        let at = resource.provider.declared?;
        let root = scene.plan.directories.first()?;
        let own = *directory(scene.path(at.file)) == **root && scene.may_edit(at);
        let node = scene.body(at).filter(|_| own)?;
        let schema = scene.schema(resource)?;
        let has = |name: &str| schema.attributes.contains_key(name);
        // Not each version that the root admits may have default tags (they came with 3.38).
        let written = (!nested(node, "default_tags").is_empty()).then_some(1);
        let of = (Section::Provider, "");
        if versions::lacking(&resource.provider, of, &Route::name("default_tags"), written).is_some() {
            return None;
        }
        // What the provider takes no notice of it does not give to what exists.
        let ignores = !nested(node, "ignore_tags").is_empty();
        (has("tags") && has("tags_all") && !ignores).then_some(Self { at, node })
    }

    /// True if a default tag would be this resource's: null is no tag of its own, except in the newer framework, where
    /// it stands for `""`.
    pub fn reaches(&self, resource: &Resource, name: &str) -> bool {
        let route = Route(vec![Segment::Name("tags".into()), Segment::Name(name.into())]);
        let overrides = resource.values.at(&Route::name("override_provider"));
        if overrides.and_then(|v| v.as_items()).is_some_and(|i| !i.is_empty()) {
            return false;
        }
        match resource.values.at(&route) {
            None => true,
            Some(v) => v.is_null() && is_older(resource),
        }
    }

    /// True if the tag can be a default: for this resource, in the root's scope, and beside what others have.
    fn takes(&self, scene: &Scene<'_>, resource: &Resource, tag: &Tag) -> bool {
        let clashes = |r: &Resource| {
            let own = r.values.at(&Route::name("tags")).and_then(|v| v.as_entries());
            let other = |k: &Arc<str>| **k != *tag.name && k.to_lowercase() == tag.name.to_lowercase();
            r.provider.declared == Some(self.at)
                && facts::has_case_blind_tags(&r.address.kind)
                && own.is_some_and(|e| e.iter().any(|(k, v)| !v.is_null() && other(k)))
        };
        let root = scene.plan.directories.first();
        self.reaches(resource, &tag.name)
            && root.is_some_and(|d| knows(scene, d, &tag.value))
            && !scene.plan.resources.iter().any(clashes)
    }

    /// The ways to give the provider default tags.
    fn ways(&self, scene: &Scene<'a>, tags: &[&Tag]) -> Vec<Vec<Change>> {
        let step = |name: &str, kind| Step { name: name.into(), kind };
        let expr = nested(self.node, "default_tags").first().and_then(|b| argument(*b, "tags"));
        let Some((expr, _)) = expr else {
            let put = |t: &&Tag| {
                let path = vec![
                    step("default_tags", StepKind::Block),
                    step("tags", StepKind::Attribute),
                    step(&t.name, StepKind::Entry),
                ];
                Change::Put { at: self.at, path, value: t.value.clone() }
            };
            return vec![tags.iter().map(put).collect()];
        };
        let mut all = stations(scene, &Chain::root(scene), false, self.at.file, expr);
        all.retain(|s| s.may_edit(scene));
        // A constructor first, wherever it stands.
        all.sort_by_key(|s| match s.kind {
            Kind::Written => 1,
            Kind::Own if add(s, tags).iter().any(|c| matches!(c, Change::Merge { .. })) => 2,
            Kind::Own => 0,
            Kind::Handed | Kind::Variable => 3,
        });
        all.iter().map(|s| add(s, tags)).collect()
    }
}

fn is_older(resource: &Resource) -> bool {
    let provider = trueline_provider::schema::provider(&resource.provider.source);
    provider.and_then(|p| p.resource(&resource.address.kind)).is_none_or(|s| s.is_older())
}

fn expression(value: &OpValue) -> Option<&str> {
    match value {
        OpValue::Hcl(h) => Some(h),
        OpValue::Json(_) => None,
    }
}

/// True if all that a value refers to is declared in a directory.
pub fn knows(scene: &Scene<'_>, dir: &str, value: &OpValue) -> bool {
    let Some(Ok(e)) = expression(value).map(parse_expression) else { return true };
    for e in all_below(&e) {
        if let ExprKind::GetAttr(of, name) = &e.kind
            && let ExprKind::Variable(root) = &of.kind
        {
            let declared = match &**root {
                "var" => block(scene, dir, "variable", &[&name.text]).is_some(),
                "local" => local(scene, dir, &name.text).is_some(),
                "module" => block(scene, dir, "module", &[&name.text]).is_some(),
                _ => true,
            };
            if !declared {
                return false;
            }
        }
    }
    true
}
