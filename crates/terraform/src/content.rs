//! The arguments and blocks of one body, whatever its syntax and however many files it was merged from.
//!
//! What enters: a body of a `.tf` file, or an object of a `.tf.json` file. What leaves: one view on both, in which
//! every item knows its file, and in which a JSON property is an argument or a run of blocks, as the reader asks.

use std::sync::Arc;

use trueline_hcl::{Block, Body, Expr, ExprKind, Item, ObjectKey};
use trueline_text::{FileId, Location, Span};

/// Arguments and blocks of one body.
#[derive(Clone, Debug, Default)]
pub struct Content<'a> {
    /// In source order; what an override file replaced is gone.
    pub items: Vec<Entry<'a>>,
    /// Names of items that could not be read.
    pub unread: Vec<&'a str>,
    /// The file ends in the middle of it.
    pub cut: bool,
}

/// One item of a body.
#[derive(Clone, Debug)]
pub enum Entry<'a> {
    /// `name = expression`, or a property in JSON syntax (which may stand for blocks).
    Argument(Argument<'a>),
    /// `type "label" { … }` in native syntax.
    Block(Nested<'a>),
}

/// `name = expression`
#[derive(Clone, Copy, Debug)]
pub struct Argument<'a> {
    /// Its file.
    pub file: FileId,
    /// Its name.
    pub name: &'a str,
    /// Where the name stands.
    pub name_span: Span,
    /// Its value.
    pub expr: &'a Expr,
    /// Name to end of value.
    pub span: Span,
    /// Written in JSON syntax.
    pub json: bool,
}

/// A block inside a body.
#[derive(Clone, Debug)]
pub struct Nested<'a> {
    /// Its file.
    pub file: FileId,
    /// Its type.
    pub kind: &'a str,
    /// Its labels.
    pub labels: Vec<&'a str>,
    /// The whole block.
    pub span: Span,
    /// Type and labels.
    pub head: Span,
    body: Source<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Source<'a> {
    Native(&'a Body),
    Json(&'a Expr),
}

impl Argument<'_> {
    /// Where its value stands.
    pub const fn at(&self) -> Location {
        Location { file: self.file, span: self.expr.span }
    }
}

impl<'a> Nested<'a> {
    /// What stands between its braces.
    pub fn content(&self) -> Content<'a> {
        match self.body {
            Source::Native(body) => Content::of_body(self.file, body),
            Source::Json(expr) => Content::of_json(self.file, expr),
        }
    }

    /// The block as it is in the tree; absent in JSON syntax.
    pub fn native_body(&self) -> Option<&'a Body> {
        match self.body {
            Source::Native(b) => Some(b),
            Source::Json(_) => None,
        }
    }

    /// Where it is.
    pub const fn at(&self) -> Location {
        Location { file: self.file, span: self.span }
    }

    fn of_block(file: FileId, block: &'a Block) -> Self {
        Nested {
            file,
            kind: &block.kind.text,
            labels: block.labels.iter().map(|l| &*l.text).collect(),
            span: block.span,
            head: block.head(),
            body: Source::Native(&block.body),
        }
    }
}

impl<'a> Content<'a> {
    /// The items of a native body, or the properties of a JSON body.
    pub fn of_body(file: FileId, body: &'a Body) -> Self {
        let items = body
            .items
            .iter()
            .filter(|item| !matches!(item, Item::Attribute(a) if body.json && &*a.name.text == "//"))
            .map(|item| match item {
                Item::Attribute(a) => Entry::Argument(Argument {
                    file,
                    name: &a.name.text,
                    name_span: a.name.span,
                    expr: &a.expr,
                    span: a.span,
                    json: body.json,
                }),
                Item::Block(b) => Entry::Block(Nested::of_block(file, b)),
            })
            .collect();
        let unread = body.unread.iter().filter_map(|u| u.name.as_deref()).collect();
        Self { items, unread, cut: body.cut }
    }

    /// The properties of a JSON object; nothing for anything else.
    pub fn of_json(file: FileId, expr: &'a Expr) -> Self {
        let ExprKind::Object(items) = &expr.unparen().kind else { return Self::default() };
        let items = items
            .iter()
            .filter_map(|item| {
                let (name, name_span): (&'a str, Span) = match &item.key {
                    ObjectKey::Name(n) => (&n.text, n.span),
                    ObjectKey::Expr(e) => (e.as_literal_str()?, e.span),
                };
                let argument =
                    Argument { file, name, name_span, expr: &item.value, span: item.span, json: true };
                (name != "//").then_some(Entry::Argument(argument))
            })
            .collect();
        Self { items, ..Self::default() }
    }

    /// True if an argument or block of this name, which is not among the items, may stand in what could not be read.
    pub fn hides(&self, name: &str) -> bool {
        self.cut || self.unread.contains(&name)
    }

    /// The arguments, in source order.
    pub fn arguments(&self) -> impl Iterator<Item = &Argument<'a>> {
        self.items.iter().filter_map(|e| match e {
            Entry::Argument(a) => Some(a),
            Entry::Block(_) => None,
        })
    }

    /// The native blocks of all types, in source order.
    pub fn native_blocks(&self) -> impl Iterator<Item = &Nested<'a>> {
        self.items.iter().filter_map(|e| match e {
            Entry::Block(b) => Some(b),
            Entry::Argument(_) => None,
        })
    }

    /// The argument of this name.
    pub fn argument(&self, name: &str) -> Option<&Argument<'a>> {
        self.arguments().find(|a| a.name == name)
    }

    /// The value expression of the argument of this name, with its file.
    pub fn expr(&self, name: &str) -> Option<(FileId, &'a Expr)> {
        self.argument(name).map(|a| (a.file, a.expr))
    }

    /// The string of the argument of this name, if it is a literal.
    pub fn literal_str(&self, name: &str) -> Option<&'a str> {
        self.argument(name)?.expr.unparen().as_literal_str()
    }

    /// The boolean of the argument of this name, if it is a literal.
    pub fn literal_bool(&self, name: &str) -> Option<bool> {
        match &self.argument(name)?.expr.unparen().kind {
            ExprKind::Bool(b) => Some(*b),
            _ => match self.literal_str(name)? {
                "true" => Some(true),
                "false" => Some(false),
                _ => None,
            },
        }
    }

    /// The blocks of this type in source order; in JSON syntax a property stands for blocks, `labels` levels of
    /// its objects being their labels.
    pub fn blocks(&self, kind: &str, labels: usize) -> Vec<Nested<'a>> {
        let mut out = Vec::new();
        for e in &self.items {
            match e {
                Entry::Block(b) if b.kind == kind => out.push(b.clone()),
                Entry::Argument(a) if a.json && a.name == kind => {
                    json_blocks(a, a.expr, labels, Vec::new(), &mut out)
                }
                _ => {}
            }
        }
        out
    }
}

fn json_blocks<'a>(
    a: &Argument<'a>,
    expr: &'a Expr,
    labels: usize,
    given: Vec<&'a str>,
    out: &mut Vec<Nested<'a>>,
) {
    match &expr.unparen().kind {
        ExprKind::Tuple(items) => {
            for i in items {
                if !matches!(i.kind, ExprKind::Tuple(_)) {
                    json_blocks(a, i, labels, given.clone(), out);
                }
            }
        }
        ExprKind::Object(items) if labels > 0 => {
            for item in items {
                let name: Option<&'a str> = match &item.key {
                    ObjectKey::Name(n) => Some(&n.text),
                    ObjectKey::Expr(e) => e.as_literal_str(),
                };
                if let Some(name) = name.filter(|n| *n != "//") {
                    let mut given = given.clone();
                    given.push(name);
                    json_blocks(a, &item.value, labels - 1, given, out);
                }
            }
        }
        ExprKind::Object(_) => out.push(Nested {
            file: a.file,
            kind: a.name,
            labels: given,
            span: expr.span,
            head: a.name_span,
            body: Source::Json(expr),
        }),
        _ => {}
    }
}

/// A block at the top of a module: a variable, a resource, a module call.
#[derive(Clone, Debug)]
pub struct Declaration<'a> {
    /// File of the block.
    pub file: FileId,
    /// The whole block.
    pub span: Span,
    /// Type and labels.
    pub head: Span,
    /// Its last label.
    pub name: Arc<str>,
    /// What stands in it, override files merged in.
    pub content: Content<'a>,
}

impl Declaration<'_> {
    /// Where its head stands.
    pub const fn at(&self) -> Location {
        Location { file: self.file, span: self.head }
    }
}
