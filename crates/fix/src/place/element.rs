//! Elements of collections that blocks and resources are made of: `for_each` of a resource or of a `dynamic` block.
//!
//! Enters: a value that came out of an element, or what an element does not say yet. Leaves: the constructor of that
//! element as a place, so that the other elements stay as they are.

use std::sync::Arc;

use trueline_hcl::{Block, Expr, ExprKind, ObjectKey};
use trueline_model::{OpValue, Origin, Type, Value, Via};
use trueline_text::{FileId, Location};

use super::scene::{BodyNode, Scene};
use super::upstream::{block, directory};
use super::walk::{Reached, argument, entry};
use crate::change::{Change, Step, StepKind};
use trueline_hcl::trail::{Node, trail};

/// The object constructor that an absent value was looked for in, and the name that it lacks.
pub fn lacking<'a>(scene: &Scene<'a>, value: &Value) -> Option<(Location, &'a Expr, Arc<str>)> {
    if value.as_entries().is_some() {
        return None;
    }
    let (at, object) = scene.literal(value)?;
    let ExprKind::Object(items) = &object.unparen().kind else { return None };
    let chain = value.origin.as_ref()?.chain();
    let name = chain.iter().filter(|o| o.via == Via::Element).find_map(|o| name(scene.expr(o.at)?))?;
    let absent = entry(items, &name).is_none_or(|e| matches!(e.value.unparen().kind, ExprKind::Null));
    absent.then_some((Location { file: at.file, span: object.unparen().span }, object, name))
}

/// The name that the last step of a traversal takes.
fn name(e: &Expr) -> Option<Arc<str>> {
    match &e.unparen().kind {
        ExprKind::GetAttr(_, name) => Some(name.text.clone()),
        ExprKind::Index(_, key) => key.as_literal_str().map(Arc::from),
        _ => None,
    }
}

/// Says in the element itself what its block does not say of any element, and hands it on: an entry in the element's
/// constructor, `optional(…)` in the type of the variable that it goes through, and the argument of the block.
pub fn handed_on(
    scene: &Scene<'_>,
    reached: &Reached<'_>,
    file: FileId,
    node: BodyNode<'_>,
    path: &[Step],
    value: &OpValue,
) -> Option<Vec<Change>> {
    let [Step { name, kind: StepKind::Attribute }] = path else { return None };
    let BodyNode::Native(own) = node else { return None };
    if own.body.json {
        return None;
    }
    let iterator = iterator(scene, file, own)?;
    let from = |o: &Origin| matches!(&o.via, Via::Iterator(n) if *n == iterator.via);
    let mut leaves = Vec::new();
    origins(reached.value.as_ref()?, &mut leaves, 4);
    let mut found: Option<(Location, Vec<&Origin>)> = None;
    for leaf in leaves.iter().filter(|o| o.chain().into_iter().any(from)) {
        let chain = leaf.chain();
        let Some(at) = chain.last().and_then(|last| constructor(scene, last.at)) else { continue };
        // Of a constructor inside another one, the outer is the element.
        match &found {
            Some((known, _)) if known.file == at.file && known.span.contains(at.span) => {}
            Some((known, _)) if known.file != at.file || !at.span.contains(known.span) => return None,
            _ => found = Some((at, chain)),
        }
    }
    let (at, chain) = found?;
    let ExprKind::Object(items) = &scene.expr(at)?.unparen().kind else { return None };
    if entry(items, name).is_some() {
        return None;
    }
    let step = |kind| vec![Step { name: name.clone(), kind }];
    let mut out = vec![Change::Put { at, path: step(StepKind::Entry), value: value.clone() }];
    let mut read = format!("{}.{name}", iterator.value);
    match typed(scene, &chain)? {
        Typed::Object(at, has) => {
            let kind = match reached.schema.as_ref()?.attributes.get(name)?.ty {
                Type::String => "string",
                Type::Number => "number",
                Type::Bool => "bool",
                _ => return None,
            };
            if !has(name) {
                let value = OpValue::Hcl(format!("optional({kind})"));
                out.push(Change::Put { at, path: step(StepKind::Entry), value });
            }
        }
        // Elements that do not say it have no such attribute.
        Typed::Free => read = format!("try({read}, null)"),
    }
    out.push(Change::Put {
        at: Location { file, span: own.span },
        path: step(StepKind::Attribute),
        value: OpValue::Hcl(read),
    });
    out.iter().all(|c| scene.may_edit(c.at())).then_some(out)
}

/// How an element is named in a block.
struct Iterator {
    /// In origins.
    via: Arc<str>,
    /// In expressions.
    value: String,
}

fn iterator(scene: &Scene<'_>, file: FileId, own: &Block) -> Option<Iterator> {
    if argument(BodyNode::Native(own), "for_each").is_some() {
        return Some(Iterator { via: "each.value".into(), value: "each.value".to_owned() });
    }
    let way = trail(scene.tree(file)?, own.span);
    let dynamic = way.iter().rev().find_map(|n| match n {
        Node::Block(b) if &*b.kind.text == "dynamic" => Some(*b),
        _ => None,
    })?;
    let content = dynamic.body.blocks_of("content").any(|b| b.span == own.span);
    let label = match dynamic.body.attribute("iterator").map(|a| &a.expr.unparen().kind) {
        Some(ExprKind::Variable(name)) => name.to_string(),
        Some(_) => return None,
        None => dynamic.label(0)?.to_owned(),
    };
    content.then(|| Iterator { via: label.as_str().into(), value: format!("{label}.value") })
}

/// The origins of the leaves of a value.
fn origins(v: &Value, out: &mut Vec<Arc<Origin>>, depth: usize) {
    out.extend(v.origin.clone());
    if depth == 0 || out.len() > 64 {
        return;
    }
    v.as_items().unwrap_or_default().iter().for_each(|x| origins(x, out, depth - 1));
    v.as_entries().into_iter().flat_map(|m| m.values()).for_each(|x| origins(x, out, depth - 1));
}

/// The object constructor around a literal that is an element of a list or a map.
fn constructor(scene: &Scene<'_>, at: Location) -> Option<Location> {
    let way = trail(scene.tree(at.file)?, at.span);
    let object =
        way.iter().rposition(|n| matches!(n, Node::Expr(e) if matches!(e.kind, ExprKind::Object(_))))?;
    let above = way.get(object.checked_sub(1)?)?;
    let inside = match above {
        Node::Expr(e) => matches!(e.kind, ExprKind::Tuple(_)),
        Node::Entry(_) => true,
        _ => false,
    };
    inside.then(|| way.get(object).map(|n| Location { file: at.file, span: n.span() }))?
}

enum Typed<'a> {
    /// The constructor in `object({…})`, and which attributes it has.
    Object(Location, Box<dyn Fn(&str) -> bool + 'a>),
    /// No type that an attribute could be missing from.
    Free,
}

/// The type of the elements, where the collection goes through a variable.
fn typed<'a>(scene: &Scene<'a>, chain: &[&Origin]) -> Option<Typed<'a>> {
    let mut through = chain.iter().filter_map(|o| match &o.via {
        Via::Variable(name) => Some((o.at.file, name)),
        _ => None,
    });
    let Some((file, name)) = through.next() else { return Some(Typed::Free) };
    if through.next().is_some() {
        return None;
    }
    let (at, declared) = block(scene, &directory(scene.path(file)), "variable", &[name])?;
    let mut ty = match declared.body.attribute("type") {
        Some(a) if !declared.body.json => &a.expr,
        Some(_) => return None,
        None => return Some(Typed::Free),
    };
    loop {
        match &ty.unparen().kind {
            ExprKind::Call(call) => match (&*call.name.text, call.args.first()) {
                ("object", Some(shape)) => {
                    let ExprKind::Object(items) = &shape.unparen().kind else { return None };
                    let at = Location { file: at.file, span: shape.unparen().span };
                    let key = |k: &ObjectKey, wanted: &str| match k {
                        ObjectKey::Name(n) => &*n.text == wanted,
                        ObjectKey::Expr(e) => e.as_literal_str() == Some(wanted),
                    };
                    return Some(Typed::Object(at, Box::new(move |n| items.iter().any(|i| key(&i.key, n)))));
                }
                ("list" | "set" | "map" | "optional", Some(inner)) => ty = inner,
                _ => return None,
            },
            ExprKind::Variable(n) if &**n == "any" || &**n == "list" || &**n == "map" => {
                return Some(Typed::Free);
            }
            _ => return None,
        }
    }
}
