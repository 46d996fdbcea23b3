//! Where a value is set.

use std::sync::Arc;

use trueline_hcl::{Expr, ExprKind, TemplateStyle};
use trueline_model::{OpValue, Resource, Route, Segment, Value};
use trueline_provider::schema::AttributeSchema;
use trueline_text::{FileId, Location};

use super::scene::Scene;
use super::steps::{known_everywhere, steps};
use super::walk::{Here, Reached, argument, entry};
use super::{branch, computed, document, element, meant, settled, upstream};
use crate::NoPlace;
use crate::change::{Built, Change, Placement, Step, StepKind, blocks_of, nest};

/// The ways to give `route` this value.
pub fn set(
    scene: &Scene<'_>,
    resource: &Resource,
    route: &Route,
    value: &OpValue,
) -> Result<Vec<Placement>, NoPlace> {
    let reached = scene.reach(resource, route)?;
    if reached.rest.is_empty()
        && let (Here::Body(..), OpValue::Json(serde_json::Value::Object(entries))) = (reached.here, value)
    {
        // A block is set by setting what is in it.
        let mut each = Vec::new();
        for (name, v) in entries {
            each.push(set(scene, resource, &route.child(name.as_str()), &OpValue::from_json(v))?);
        }
        return Ok(super::combine(&each));
    }
    if let Some(name) = &reached.unsure {
        let (address, name) = (resource.address.to_string(), name.to_string());
        return Err(NoPlace::WhichBlock { address, name });
    }
    if let Some(change) = append(&reached, value) {
        known_everywhere(resource, route, written(route, &reached.rest))?;
        let changes = editable(scene, vec![change]);
        if !changes.is_empty() {
            return Ok(meant(resource, route, changes));
        }
    }
    let is_document = reached.value.as_ref().is_some_and(|v| v.encoded().is_some());
    let changes = if is_document && !reached.rest.is_empty() {
        document::changes(scene, resource, route, &reached, Some(value))?
    } else {
        ways(scene, resource, route, &reached, value)?
    };
    let several = match reached.here {
        Here::Body(file, node) => steps(resource, route, reached.schema.as_ref(), &reached.rest)
            .ok()
            .and_then(|path| element::handed_on(scene, &reached, file, node, &path, value)),
        Here::Value(..) => every_branch(scene, &reached, value),
    };
    let mut changes = editable(scene, changes);
    if changes.is_empty() {
        changes.extend(upstream::argument(scene, resource, &reached, value));
    }
    if changes.is_empty() {
        return Err(if scene.owns(resource) {
            computed(resource, route)
        } else {
            NoPlace::Upstream { address: resource.address.to_string(), route: route.to_string() }
        });
    }
    let mut ways = meant(resource, route, changes);
    if let (Some(changes), Some(way)) = (several, ways.first()) {
        let together = Placement { changes, ..way.clone() };
        // Every branch is as good as the literal; every element is more than the block.
        let at = if matches!(reached.here, Here::Value(..)) { 0 } else { ways.len() };
        ways.insert(at, together);
    }
    Ok(ways)
}

/// One more block of a type, where a route names one past those that there are.
fn append(reached: &Reached<'_>, value: &OpValue) -> Option<Change> {
    let Here::Body(file, node) = reached.here else { return None };
    let (Segment::Name(name), [Segment::Index(index), below @ ..]) = reached.rest.split_first()? else {
        return None;
    };
    let schema = reached.schema.as_ref()?;
    let as_block = schema.attributes.get(name).is_some_and(AttributeSchema::allows_blocks);
    if *index == 0
        || !(schema.blocks.contains_key(name) || as_block)
        || argument(node, name).is_some() && as_block
    {
        return None;
    }
    let names = names(below)?;
    let whole = nest(names.iter().map(|n| &**n), value)?;
    match <[Built; 1]>::try_from(blocks_of(name, &whole)?) {
        Ok([block]) => Some(Change::Append { at: node.at(file), block }),
        Err(_) => None,
    }
}

/// The same where nothing is set; where something is, nothing is to do.
pub fn default(
    scene: &Scene<'_>,
    resource: &Resource,
    route: &Route,
    value: &OpValue,
) -> Result<Vec<Placement>, NoPlace> {
    let mut at = Route::root();
    for step in &route.0 {
        at.0.push(step.clone());
        let Some(v) = resource.values.at(&at) else { break };
        if v.is_unknown() && !v.is_unset() && at != *route {
            let (address, route) = (resource.address.to_string(), route.to_string());
            return Err(NoPlace::Undecided { address, route });
        }
        if at == *route && !v.is_unset() {
            return Ok(settled());
        }
    }
    set(scene, resource, route, value)
}

/// Those changes that are in files that may be written, each once.
pub fn editable(scene: &Scene<'_>, changes: Vec<Change>) -> Vec<Change> {
    let mut out: Vec<Change> = Vec::new();
    for c in changes {
        if scene.may_edit(c.at()) && !out.contains(&c) {
            out.push(c);
        }
    }
    out
}

/// The ways from where a walk ended.
pub fn ways(
    scene: &Scene<'_>,
    resource: &Resource,
    route: &Route,
    reached: &Reached<'_>,
    value: &OpValue,
) -> Result<Vec<Change>, NoPlace> {
    match reached.here {
        Here::Body(file, node) => {
            let at = node.at(file);
            let path = steps(resource, route, reached.schema.as_ref(), &reached.rest)?;
            known_everywhere(resource, route, written(route, &reached.rest))?;
            if path.is_empty() {
                let problem = "it is a block, so an object is expected".to_owned();
                return Err(NoPlace::Value { route: route.to_string(), problem });
            }
            let mut out = Vec::new();
            let leaf = reached.value.as_ref().and_then(|v| v.at(&Route(reached.rest.clone())));
            out.extend(leaf.and_then(|v| at_literal(scene, v, value)));
            out.push(Change::Put { at, path, value: value.clone() });
            Ok(out)
        }
        Here::Value(file, expr) => {
            let here = Location { file, span: expr.span };
            let own = reached.value.as_ref();
            let leaf = own.and_then(|v| v.at(&Route(reached.rest.clone())));
            let mut out = Vec::new();
            out.extend(leaf.and_then(|v| at_literal(scene, v, value)));
            if reached.rest.is_empty() {
                let whole = Change::Replace { at: here, value: value.clone() };
                out.extend(in_branch(scene, own, value, whole));
            } else if let Some(names) = names(&reached.rest) {
                out.extend(collection(scene, own, &names, value));
                out.extend(beside_branches(scene, file, expr, own, &names, value));
            }
            Ok(out)
        }
    }
}

/// A single value: the branch that it came from, or the whole where that would say the same in both branches.
fn in_branch(scene: &Scene<'_>, own: Option<&Value>, value: &OpValue, whole: Change) -> Vec<Change> {
    let mut out = Vec::new();
    let mut same = false;
    let mut split = own.and_then(|v| branch::split(scene, v));
    while let Some(s) = split {
        same |= matches!(value, OpValue::Json(j) if branch::is_written(s.other, j));
        let inner = branch::split(scene, &s.value);
        if inner.is_none() {
            out.extend(at_literal(scene, &s.value, value));
            let at = Location { file: s.file, span: s.taken.span };
            out.push(Change::Replace { at, value: value.clone() });
        }
        split = inner;
    }
    out.insert(if same { 0 } else { out.len() }, whole);
    out
}

/// An entry in every branch that lacks it, where all of them are written here: so it is mended whatever the condition
/// says, and what a branch says otherwise stays.
fn every_branch(scene: &Scene<'_>, reached: &Reached<'_>, value: &OpValue) -> Option<Vec<Change>> {
    let names = names(&reached.rest)?;
    let mut split = branch::split(scene, reached.value.as_ref()?)?;
    let is_written = |e: &&Expr| matches!(e.unparen().kind, ExprKind::Object(_));
    let mut branches = split.leaves();
    while !branches.iter().all(is_written) {
        split = branch::split(scene, &split.value)?;
        branches = split.leaves();
    }
    let mut out = Vec::new();
    for branch in branches {
        let ExprKind::Object(items) = &branch.unparen().kind else { return None };
        if entry(items, names.first()?).is_none() {
            out.push(entry_in(split.file, branch, &names, value)?);
        }
    }
    (!out.is_empty() && out.iter().all(|c| scene.may_edit(c.at()))).then_some(out)
}

/// An entry of a collection that comes through a condition: in the branch that was taken, or by way of the whole where
/// no branch has such an entry, so that it is mended whatever the condition says.
fn beside_branches(
    scene: &Scene<'_>,
    file: FileId,
    expr: &Expr,
    own: Option<&Value>,
    names: &[Arc<str>],
    value: &OpValue,
) -> Vec<Change> {
    let mut whole = around(scene, file, expr, own, names, value);
    // Where the collection is made, if others hand it on.
    if let Some((at, made)) =
        own.and_then(|v| scene.producer(v)).filter(|(f, e)| (*f, e.span) != (file, expr.span))
    {
        whole.extend(around(scene, at, made, own, names, value));
    }
    let Some(split) = own.and_then(|v| branch::split(scene, v)) else { return whole };
    let inner = Some(&split.value);
    let mut out: Vec<Change> = collection(scene, inner, names, value).into_iter().collect();
    out.extend(beside_branches(scene, split.file, split.taken, inner, names, value));
    match (&split.other.unparen().kind, names.first()) {
        (ExprKind::Object(items), Some(name)) if entry(items, name).is_none() => {
            whole.extend(out);
            whole
        }
        (ExprKind::Object(_), _) => out,
        _ => {
            out.extend(whole);
            out
        }
    }
}

/// The change of the literal that a value is; an entry where it is absent from a constructor.
fn at_literal(scene: &Scene<'_>, leaf: &Value, value: &OpValue) -> Option<Change> {
    if let Some((at, _, name)) = element::lacking(scene, leaf) {
        return Some(Change::Put {
            at,
            path: vec![Step { name, kind: StepKind::Entry }],
            value: value.clone(),
        });
    }
    literal(scene, leaf).map(|at| Change::Replace { at, value: value.clone() })
}

/// The place of the literal that a value is.
fn literal(scene: &Scene<'_>, value: &Value) -> Option<Location> {
    let (at, e) = scene.literal(value)?;
    // A value that encodes a document is changed inside, never as a whole by way of a part.
    let encoded = value.encoded().is_none() && matches!(&e.kind, ExprKind::Template(t) if t.parts.len() > 1);
    (!encoded).then_some(at)
}

/// An entry in the constructor that the deepest collection on the way is.
fn collection(scene: &Scene<'_>, own: Option<&Value>, names: &[Arc<str>], value: &OpValue) -> Option<Change> {
    let mut deepest = own?;
    let mut left = names;
    while let Some((first, rest)) = left.split_first() {
        let Some(next) = deepest.as_entries().and_then(|m| m.get(first)).filter(|v| v.as_entries().is_some())
        else {
            break;
        };
        deepest = next;
        left = rest;
    }
    let (at, e) = scene.literal(deepest)?;
    match e.unparen().kind {
        ExprKind::Object(_) | ExprKind::Null => match element::lacking(scene, deepest) {
            Some((at, e, name)) => {
                let names: Vec<Arc<str>> = std::iter::once(name).chain(left.iter().cloned()).collect();
                entry_in(at.file, e, &names, value)
            }
            None => entry_in(at.file, e, left, value),
        },
        _ => None,
    }
}

/// An entry by way of the attribute's own expression.
fn around(
    scene: &Scene<'_>,
    file: FileId,
    expr: &Expr,
    own: Option<&Value>,
    names: &[Arc<str>],
    value: &OpValue,
) -> Vec<Change> {
    let at = Location { file, span: expr.span };
    let mut out = Vec::new();
    match &expr.unparen().kind {
        ExprKind::Object(_) | ExprKind::Null => {
            return entry_in(file, expr, names, value).into_iter().collect();
        }
        ExprKind::Call(call) if &*call.name.text == "merge" => {
            let constructors =
                call.args.iter().rev().filter(|a| matches!(a.unparen().kind, ExprKind::Object(_)));
            out.extend(constructors.filter_map(|a| entry_in(file, a, names, value)));
            let inputs = own.and_then(|v| v.origin.as_ref()).map_or(&[][..], |o| o.inputs.as_slice());
            for input in inputs.iter().rev() {
                let Some(literal) = input.source_literal() else { continue };
                let found =
                    scene.expr(literal.at).filter(|e| matches!(e.unparen().kind, ExprKind::Object(_)));
                out.extend(found.and_then(|e| entry_in(literal.at.file, e, names, value)));
            }
        }
        // In JSON syntax, an expression stands in a string.
        ExprKind::Template(t) if t.style == TemplateStyle::Bare && t.parts.len() == 1 => {}
        ExprKind::Tuple(_) | ExprKind::Template(_) | ExprKind::Bool(_) | ExprKind::Number(_) => return out,
        _ => {}
    }
    if own.is_none_or(|v| v.as_items().is_none()) {
        out.push(Change::Merge { at, path: names.to_vec(), value: value.clone() });
    }
    out
}

fn entry_in(file: FileId, object: &Expr, names: &[Arc<str>], value: &OpValue) -> Option<Change> {
    let path: Vec<Step> = names.iter().map(|n| Step { name: n.clone(), kind: StepKind::Entry }).collect();
    let at = Location { file, span: object.unparen().span };
    (!path.is_empty()).then(|| Change::Put { at, path, value: value.clone() })
}

fn names(route: &[Segment]) -> Option<Vec<Arc<str>>> {
    route
        .iter()
        .map(|s| match s {
            Segment::Name(n) => Some(n.clone()),
            Segment::Index(_) => None,
        })
        .collect()
}

/// How many names of a route stand in the source, where the rest of it does not.
fn written(route: &Route, rest: &[Segment]) -> Option<usize> {
    let names = |segments: &[Segment]| segments.iter().filter(|s| matches!(s, Segment::Name(_))).count();
    Some(names(&route.0).saturating_sub(names(rest)))
}
