//! The way through a tree to the node of a span.

use trueline_text::Span;

use crate::{Attribute, Block, Body, Expr, ExprKind, File, Item, ObjectItem, ObjectKey};

/// One node on the way.
#[derive(Clone, Copy, Debug)]
pub enum Node<'t> {
    /// The file's or a block's content.
    Body(&'t Body),
    /// A block.
    Block(&'t Block),
    /// An attribute.
    Attribute(&'t Attribute),
    /// An entry of an object constructor.
    Entry(&'t ObjectItem),
    /// An expression.
    Expr(&'t Expr),
}

impl Node<'_> {
    /// Where it is.
    pub const fn span(&self) -> Span {
        match self {
            Self::Body(b) => b.span,
            Self::Block(b) => b.span,
            Self::Attribute(a) => a.span,
            Self::Entry(e) => e.span,
            Self::Expr(e) => e.span,
        }
    }
}

/// From the file's body to the smallest node that contains `span`.
pub fn trail(file: &File, span: Span) -> Vec<Node<'_>> {
    let mut out = vec![Node::Body(&file.body)];
    loop {
        let next = match out.last() {
            Some(Node::Body(b)) => item(b, span),
            Some(Node::Block(b)) => b.body.span.contains(span).then_some(Node::Body(&b.body)),
            Some(Node::Attribute(a)) => inside(&a.expr, span),
            Some(Node::Entry(e)) => inside(&e.value, span).or_else(|| match &e.key {
                ObjectKey::Expr(k) => inside(k, span),
                ObjectKey::Name(_) => None,
            }),
            Some(Node::Expr(e)) => below(e, span),
            None => None,
        };
        match next {
            Some(n) => out.push(n),
            None => return out,
        }
    }
}

/// True if what stands at a span is certain although the file may have syntax errors: it is part of a block at the top
/// that was read to its end, or is inside one that the end of the file cut. Of a file in JSON syntax, all or nothing is.
pub fn is_certain(file: &File, span: Span) -> bool {
    file.errors.is_empty()
        || !file.body.json
            && match item(&file.body, span) {
                Some(Node::Block(_)) => block(file, span).is_none_or(|b| !b.body.cut),
                _ => false,
            }
}

/// The outermost expression of exactly this span.
pub fn expr(file: &File, span: Span) -> Option<&Expr> {
    trail(file, span).into_iter().find_map(|n| match n {
        Node::Expr(e) if e.span == span => Some(e),
        _ => None,
    })
}

/// The block of exactly this span.
pub fn block(file: &File, span: Span) -> Option<&Block> {
    trail(file, span).into_iter().find_map(|n| match n {
        Node::Block(b) if b.span == span => Some(b),
        _ => None,
    })
}

fn item(body: &Body, span: Span) -> Option<Node<'_>> {
    let after = body.items.partition_point(|i| i.span().start <= span.start);
    let found = body.items.get(after.checked_sub(1)?)?;
    found.span().contains(span).then_some(match found {
        Item::Attribute(a) => Node::Attribute(a),
        Item::Block(b) => Node::Block(b),
    })
}

fn inside(e: &Expr, span: Span) -> Option<Node<'_>> {
    e.span.contains(span).then_some(Node::Expr(e))
}

fn below(e: &Expr, span: Span) -> Option<Node<'_>> {
    if let ExprKind::Object(items) = &e.kind {
        let after = items.partition_point(|i| i.span.start <= span.start);
        let found = items.get(after.checked_sub(1)?)?;
        return found.span.contains(span).then_some(Node::Entry(found));
    }
    e.below().into_iter().find(|c| c.span.contains(span)).map(Node::Expr)
}

/// An expression and all below it.
pub fn all_below(e: &Expr) -> Vec<&Expr> {
    let mut out = vec![e];
    let mut next = 0;
    while let Some(e) = out.get(next).copied() {
        next += 1;
        out.extend(e.below());
    }
    out
}
