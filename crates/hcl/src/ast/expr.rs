//! Expressions.

use std::sync::Arc;

use trueline_text::Span;

use super::body::Ident;
use super::template::{Template, TemplatePart};

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where; a heredoc from `<<` to the end of its end marker.
    pub span: Span,
}

/// Kinds of expressions.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number as written.
    Number(Arc<str>),
    /// `"…"` or a heredoc.
    Template(Template),
    /// `[a, b]`
    Tuple(Vec<Expr>),
    /// `{a = b}`
    Object(Vec<ObjectItem>),
    /// A root name: `var`, `local`, `aws_s3_bucket`, an iterator.
    Variable(Arc<str>),
    /// `x.name`
    GetAttr(Box<Expr>, Ident),
    /// `x[key]`
    Index(Box<Expr>, Box<Expr>),
    /// `x.0`
    LegacyIndex(Box<Expr>, Ident),
    /// `x.*.rest` or `x[*].rest`: the traversal after it applies to each element.
    Splat(Box<Splat>),
    /// `f(a, b...)`
    Call(Box<Call>),
    /// `-x`, `!x`
    Unary(UnaryOp, Box<Expr>),
    /// `a + b`
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `c ? a : b`
    Conditional(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `[for k, v in x : e if c]`
    ForTuple(Box<ForTuple>),
    /// `{for k, v in x : k => v... if c}`
    ForObject(Box<ForObject>),
    /// `(x)`
    Parens(Box<Expr>),
    /// An expression that could not be parsed; an error stands in [`File::errors`](super::File::errors).
    Missing,
}

/// One entry of an object constructor.
#[derive(Clone, Debug)]
pub struct ObjectItem {
    /// The key.
    pub key: ObjectKey,
    /// The `=` or `:`.
    pub separator: Span,
    /// The value.
    pub value: Expr,
    /// From the key to the end of the value, without a comma.
    pub span: Span,
}

/// Key of an entry.
#[derive(Clone, Debug)]
pub enum ObjectKey {
    /// A bare name, taken as a string.
    Name(Ident),
    /// Anything else: `"x"`, `(var.k)`, `"${a}-b"`, `var.x` (a traversal without parentheses is an expression).
    Expr(Expr),
}

/// `source.*.rest`, `source[*].rest`
#[derive(Clone, Debug)]
pub struct Splat {
    /// What is iterated.
    pub source: Expr,
    /// `[*]` rather than `.*`.
    pub full: bool,
    /// The `.*` or `[*]`.
    pub marker: Span,
    /// Steps applied to each element.
    pub rest: Vec<SplatStep>,
}

/// One step after a splat.
#[derive(Clone, Debug)]
pub enum SplatStep {
    /// `.name`
    GetAttr(Ident),
    /// `[key]`, only after `[*]`
    Index(Expr),
    /// `.0`
    LegacyIndex(Ident),
    /// `.*` or `[*]` again, only after `[*]`: each element's steps so far give a collection, to whose
    /// elements `rest` applies, so `x[*].y[*].z` is a list of lists. Steps behind a `.*` apply to its result.
    Splat {
        /// `[*]` rather than `.*`.
        full: bool,
        /// The `.*` or `[*]`.
        marker: Span,
        /// Steps applied to each element.
        rest: Vec<SplatStep>,
    },
}

/// A function call.
#[derive(Clone, Debug)]
pub struct Call {
    /// The name, `provider::aws::x` included.
    pub name: Ident,
    /// The arguments.
    pub args: Vec<Expr>,
    /// `...` after the last argument.
    pub expand: bool,
}

/// `[for …]`
#[derive(Clone, Debug)]
pub struct ForTuple {
    /// The key's name.
    pub key: Option<Ident>,
    /// The value's name.
    pub value: Ident,
    /// The collection.
    pub collection: Expr,
    /// The element.
    pub element: Expr,
    /// `if c`
    pub condition: Option<Expr>,
}

/// `{for …}`
#[derive(Clone, Debug)]
pub struct ForObject {
    /// The key's name.
    pub key: Option<Ident>,
    /// The value's name.
    pub value: Ident,
    /// The collection.
    pub collection: Expr,
    /// The key of an entry.
    pub entry_key: Expr,
    /// The value of an entry.
    pub entry_value: Expr,
    /// `...`: values of one key are grouped.
    pub group: bool,
    /// `if c`
    pub condition: Option<Expr>,
}

/// Unary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `-`
    Negate,
    /// `!`
    Not,
}

/// Binary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is its own sign")]
pub enum BinaryOp {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

impl BinaryOp {
    /// True for those that make a number of two.
    pub const fn is_arithmetic(self) -> bool {
        matches!(self, Self::Add | Self::Subtract | Self::Multiply | Self::Divide | Self::Modulo)
    }
}

impl Expr {
    /// The expression without parentheses around it.
    pub fn unparen(&self) -> &Self {
        let mut e = self;
        while let ExprKind::Parens(inner) = &e.kind {
            e = inner;
        }
        e
    }

    /// The string, if it is a literal one without interpolation.
    pub fn as_literal_str(&self) -> Option<&str> {
        match &self.kind {
            ExprKind::Template(t) => match t.parts.as_slice() {
                [] => Some(""),
                [TemplatePart::Text { value, .. }] => Some(value),
                _ => None,
            },
            _ => None,
        }
    }
}
