//! Files, bodies, attributes and blocks.

use std::sync::Arc;

use trueline_text::Span;

use super::expr::Expr;

/// A parsed file.
#[derive(Clone, Debug)]
pub struct File {
    /// Its content; what could not be parsed is left out and stands in `errors`.
    pub body: Body,
    /// All syntax errors, in order of place.
    pub errors: Vec<SyntaxError>,
    /// All comments, in order of place, without their line break.
    pub comments: Vec<Comment>,
}

/// A comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From `#`, `//` or `/*` to its end.
    pub span: Span,
    /// True if nothing but white space stands before it on its line.
    pub own_line: bool,
}

/// A place that is no HCL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// What was found and what was expected.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Where.
    pub span: Span,
}

/// Attributes and blocks between braces, or of a whole file.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// In source order.
    pub items: Vec<Item>,
    /// From after the `{` to before the `}`; the whole file for the outermost.
    pub span: Span,
    /// Read from JSON syntax: an attribute may stand for blocks, as the schema says.
    pub json: bool,
    /// What could not be read as an item of it, in source order.
    pub unread: Vec<Unread>,
    /// The file ends before its `}`: what is not written here may have been lost.
    pub cut: bool,
}

/// Text that is no item: a broken attribute or block, or anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The name that it begins with: what it would have set.
    pub name: Option<Arc<str>>,
    /// From its first token to where parsing went on.
    pub span: Span,
}

/// An attribute or a block.
#[derive(Clone, Debug)]
pub enum Item {
    /// `name = expression`
    Attribute(Attribute),
    /// `type "label" { … }`
    Block(Block),
}

/// `name = expression`
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its name.
    pub name: Ident,
    /// The `=` (in JSON the `:`).
    pub equals: Span,
    /// Its value.
    pub expr: Expr,
    /// From the name to the end of the expression; a heredoc's end marker included.
    pub span: Span,
}

/// `type "label" "label" { … }`
#[derive(Clone, Debug)]
pub struct Block {
    /// The type.
    pub kind: Ident,
    /// The labels.
    pub labels: Vec<Label>,
    /// The opening brace.
    pub open: Span,
    /// The content.
    pub body: Body,
    /// The closing brace.
    pub close: Span,
    /// From the type to the closing brace.
    pub span: Span,
}

/// A name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ident {
    /// Its text.
    pub text: Arc<str>,
    /// Where.
    pub span: Span,
}

/// A label of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Its value.
    pub text: Arc<str>,
    /// Where, with the quotes.
    pub span: Span,
    /// Written in quotes.
    pub quoted: bool,
}

impl Body {
    /// The attributes, in source order.
    pub fn attributes(&self) -> impl Iterator<Item = &Attribute> {
        self.items.iter().filter_map(|i| match i {
            Item::Attribute(a) => Some(a),
            Item::Block(_) => None,
        })
    }

    /// The blocks, in source order.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.items.iter().filter_map(|i| match i {
            Item::Block(b) => Some(b),
            Item::Attribute(_) => None,
        })
    }

    /// The attribute of this name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes().find(|a| &*a.name.text == name)
    }

    /// The blocks of this type.
    pub fn blocks_of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Block> {
        self.blocks().filter(move |b| &*b.kind.text == kind)
    }
}

impl Item {
    /// Where it is.
    pub const fn span(&self) -> Span {
        match self {
            Self::Attribute(a) => a.span,
            Self::Block(b) => b.span,
        }
    }
}

impl Block {
    /// From the type to before the opening brace, white space excluded.
    pub fn head(&self) -> Span {
        self.labels.last().map_or(self.kind.span, |l| self.kind.span.cover(l.span))
    }

    /// The nth label.
    pub fn label(&self, n: usize) -> Option<&str> {
        self.labels.get(n).map(|l| &*l.text)
    }
}
