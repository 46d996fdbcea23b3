//! Down a route through the source: blocks, attributes and constructors, as far as the text goes along.

use std::sync::Arc;

use trueline_hcl::{Block, Expr, ExprKind, Item, ObjectItem, ObjectKey};
use trueline_model::{Kind, Route, Segment, Value};
use trueline_provider::schema::{BlockSchema, Nesting};
use trueline_text::{FileId, Location, Span};

use super::scene::{BodyNode, Scene};

/// Where a walk ends.
#[derive(Clone, Debug)]
pub struct Reached<'t> {
    /// What is there.
    pub here: Here<'t>,
    /// What of the route is left.
    pub rest: Vec<Segment>,
    /// Schema of the body, where the walk ends in one.
    pub schema: Option<Arc<BlockSchema>>,
    /// The value there, so far as there is one.
    pub value: Option<Value>,
    /// What can be taken away to remove this: the attribute, block, entry or element.
    pub whole: Option<Location>,
    /// A run of blocks in which the wanted one could not be told.
    pub unsure: Option<Arc<str>>,
}

/// A body or an expression.
#[derive(Clone, Copy, Debug)]
pub enum Here<'t> {
    /// A block's content.
    Body(FileId, BodyNode<'t>),
    /// An expression.
    Value(FileId, &'t Expr),
}

impl<'t> Reached<'t> {
    /// The beginning of a walk in a body.
    pub fn body(file: FileId, node: BodyNode<'t>, schema: Option<Arc<BlockSchema>>, value: Value) -> Self {
        Self {
            here: Here::Body(file, node),
            rest: Vec::new(),
            schema,
            value: Some(value),
            whole: None,
            unsure: None,
        }
    }

    /// The beginning of a walk in an expression.
    pub fn value(file: FileId, expr: &'t Expr, value: Value) -> Self {
        Self {
            here: Here::Value(file, expr),
            rest: Vec::new(),
            schema: None,
            value: Some(value),
            whole: None,
            unsure: None,
        }
    }

    /// Goes down `route` as far as the text goes along; stops before an encoded document.
    pub fn walk(mut self, route: &[Segment]) -> Self {
        let mut rest = route;
        while let Some((step, later)) = rest.split_first() {
            let next = match self.here {
                Here::Body(file, node) => self.in_body(file, node, step, later),
                Here::Value(file, e) => self.in_value(file, e, step).map(|r| (r, later)),
            };
            match next {
                Some((reached, left)) => {
                    self = reached;
                    rest = left;
                }
                None => break,
            }
        }
        self.rest = rest.to_vec();
        self
    }

    fn below(&self, step: &Segment) -> Option<Value> {
        let v = self.value.as_ref()?;
        v.at(&Route(vec![step.clone()])).cloned()
    }

    fn in_body<'r>(
        &mut self,
        file: FileId,
        node: BodyNode<'t>,
        step: &Segment,
        later: &'r [Segment],
    ) -> Option<(Self, &'r [Segment])> {
        let Segment::Name(name) = step else { return None };
        let value = self.below(step);
        let block = self.schema.as_ref().and_then(|s| s.blocks.get(name));
        if let Some((expr, span)) = argument(node, name) {
            let as_blocks = node.is_json() && block.is_some();
            if !as_blocks {
                let mut r = Self::value(file, expr, Value::null());
                r.value = value;
                r.whole = Some(Location { file, span });
                return Some((r, later));
            }
        }
        let runs = blocks(node, name);
        if runs.is_empty() {
            return None;
        }
        let single = block.is_some_and(|b| matches!(b.nesting, Nesting::Single | Nesting::Group));
        let (index, left) = match later.split_first() {
            Some((Segment::Index(i), left)) if !single => (*i as usize, left),
            _ => (0, later),
        };
        let (count, element) = match &value {
            Some(v) if !single => match v.as_items() {
                Some(items) => (items.len(), items.get(index).cloned()),
                None => (runs.len(), None),
            },
            v => (1, v.clone()),
        };
        if index > 0 && index >= count {
            // One more than there are.
            return None;
        }
        let static_only = runs.iter().all(|r| !r.dynamic);
        let in_order = !matches!(value.as_ref().map(|v| &v.kind), Some(Kind::Set(..)));
        let chosen = match runs.as_slice() {
            [one] if one.dynamic || count <= 1 => Some(*one),
            all if static_only && in_order && count == all.len() => all.get(index).copied(),
            all => element.as_ref().and_then(|e| pick(e, file, all)),
        };
        let Some(run) = chosen else {
            self.unsure = Some(name.clone());
            return None;
        };
        let schema = block.map(|b| b.block.clone());
        let mut r = Self::body(file, run.node, schema, Value::null());
        r.value = element;
        r.whole = (!run.dynamic).then_some(Location { file, span: run.whole });
        Some((r, left))
    }

    fn in_value(&self, file: FileId, e: &'t Expr, step: &Segment) -> Option<Self> {
        if self.value.as_ref().is_some_and(|v| v.encoded().is_some()) {
            return None;
        }
        let value = self.below(step);
        let (expr, whole) = match (&e.unparen().kind, step) {
            (ExprKind::Object(items), Segment::Name(n)) => {
                let found = entry(items, n)?;
                (&found.value, found.span)
            }
            (ExprKind::Tuple(items), Segment::Index(i)) => {
                let in_order = !matches!(self.value.as_ref().map(|v| &v.kind), Some(Kind::Set(..)));
                let found = match in_order {
                    true => items.get(*i as usize)?,
                    false => {
                        let runs: Vec<Run<'_>> = items
                            .iter()
                            .map(|e| Run { node: BodyNode::Json(e), whole: e.span, dynamic: false })
                            .collect();
                        let picked = pick(value.as_ref()?, file, &runs)?;
                        items.iter().find(|e| e.span == picked.whole)?
                    }
                };
                (found, found.span)
            }
            _ => return None,
        };
        let mut r = Self::value(file, expr, Value::null());
        r.value = value;
        r.whole = Some(Location { file, span: whole });
        Some(r)
    }
}

/// One block of a run.
#[derive(Clone, Copy, Debug)]
struct Run<'t> {
    node: BodyNode<'t>,
    whole: Span,
    dynamic: bool,
}

/// The entry of this key; of equal keys the last one counts.
pub fn entry<'t>(items: &'t [ObjectItem], name: &str) -> Option<&'t ObjectItem> {
    items.iter().rev().find(|i| match &i.key {
        ObjectKey::Name(n) => &*n.text == name,
        ObjectKey::Expr(e) => e.unparen().as_literal_str() == Some(name),
    })
}

/// The argument of this name in a body: its value, and the whole of it.
pub fn argument<'t>(node: BodyNode<'t>, name: &str) -> Option<(&'t Expr, Span)> {
    match node {
        BodyNode::Native(b) => b.body.attribute(name).map(|a| (&a.expr, a.span)),
        BodyNode::Json(e) => match &e.unparen().kind {
            ExprKind::Object(items) => entry(items, name).map(|i| (&i.value, i.span)),
            _ => None,
        },
    }
}

/// The bodies of the blocks of this name in a body, those of `dynamic` blocks included.
pub fn nested<'t>(node: BodyNode<'t>, name: &str) -> Vec<BodyNode<'t>> {
    blocks(node, name).into_iter().map(|run| run.node).collect()
}

/// True if an attribute or block of this name is written in a body, whatever the type makes of it.
pub fn is_written(node: BodyNode<'_>, name: &str) -> bool {
    argument(node, name).is_some() || !blocks(node, name).is_empty()
}

fn blocks<'t>(node: BodyNode<'t>, name: &str) -> Vec<Run<'t>> {
    match node {
        BodyNode::Native(b) if !b.body.json => b.body.items.iter().filter_map(|i| native(i, name)).collect(),
        _ => {
            let Some((e, whole)) = argument(node, name) else { return Vec::new() };
            match &e.unparen().kind {
                ExprKind::Object(_) => vec![Run { node: BodyNode::Json(e.unparen()), whole, dynamic: false }],
                ExprKind::Tuple(items) => items
                    .iter()
                    .map(|e| Run { node: BodyNode::Json(e), whole: e.span, dynamic: false })
                    .collect(),
                _ => Vec::new(),
            }
        }
    }
}

fn native<'t>(item: &'t Item, name: &str) -> Option<Run<'t>> {
    let Item::Block(block) = item else { return None };
    if &*block.kind.text == name && block.labels.is_empty() {
        return Some(Run { node: BodyNode::Native(block), whole: block.span, dynamic: false });
    }
    let dynamic = &*block.kind.text == "dynamic" && block.label(0) == Some(name);
    let content: &Block = block.body.blocks_of("content").next().filter(|_| dynamic)?;
    Some(Run { node: BodyNode::Native(content), whole: block.span, dynamic: true })
}

/// The one of `runs` in which a part of `element` was written.
fn pick<'t>(element: &Value, file: FileId, runs: &[Run<'t>]) -> Option<Run<'t>> {
    let mut seen: Vec<Location> = Vec::new();
    places(element, &mut seen, 6);
    let mut found = runs.iter().filter(|r| {
        let span = r.node.at(file).span;
        seen.iter().any(|l| l.file == file && (r.whole.contains(l.span) || span.contains(l.span)))
    });
    match (found.next(), found.next()) {
        (Some(one), None) => Some(*one),
        _ => None,
    }
}

/// The places at which the leaves of a value were written or handed on.
fn places(v: &Value, out: &mut Vec<Location>, depth: usize) {
    if let Some(o) = &v.origin {
        out.extend(o.chain().iter().take(16).map(|o| o.at));
    }
    if depth == 0 || out.len() > 256 {
        return;
    }
    for x in v.as_items().unwrap_or_default() {
        places(x, out, depth - 1);
    }
    for x in v.as_entries().into_iter().flat_map(|m| m.values()) {
        places(x, out, depth - 1);
    }
}

impl<'a> Scene<'a> {
    /// Walks down a route of a resource from its block.
    pub fn reach(
        &self,
        resource: &trueline_model::Resource,
        route: &Route,
    ) -> Result<Reached<'a>, crate::NoPlace> {
        let (at, node) = self.declaration(resource)?;
        let start = Reached::body(at.file, node, self.schema(resource), resource.values.clone());
        Ok(start.walk(&route.0))
    }
}
