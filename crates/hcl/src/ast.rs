//! The tree: blocks, attributes and expressions, each with its span.

use std::sync::Arc;

use trueline_text::Span;

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
    /// An expression that could not be parsed; an error stands in [`File::errors`].
    Missing,
}

/// A quoted string or heredoc.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its parts, escapes resolved, heredoc indentation and strip markers applied.
    pub parts: Vec<TemplatePart>,
    /// How it is written.
    pub style: TemplateStyle,
}

/// How a template is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateStyle {
    /// `"…"`
    Quoted,
    /// `<<EOT` (`indented: false`) or `<<-EOT`.
    Heredoc {
        /// With `-`.
        indented: bool,
        /// The text lines, without the marker lines.
        body: Span,
    },
    /// Not in quotes: a template file, or a JSON string.
    Bare,
}

/// A part of a template.
#[derive(Clone, Debug)]
pub enum TemplatePart {
    /// Text, with escapes resolved.
    Text {
        /// The value.
        value: Arc<str>,
        /// Its source.
        span: Span,
    },
    /// `${ expr }`
    Interpolation(Expr),
    /// `%{ if c }…%{ else }…%{ endif }`
    If {
        /// The condition.
        condition: Expr,
        /// When true.
        then: Vec<TemplatePart>,
        /// When false.
        otherwise: Vec<TemplatePart>,
        /// The whole directive.
        span: Span,
    },
    /// `%{ for k, v in x }…%{ endfor }`
    For {
        /// The key's name.
        key: Option<Ident>,
        /// The value's name.
        value: Ident,
        /// The collection.
        collection: Expr,
        /// What is repeated.
        body: Vec<TemplatePart>,
        /// The whole directive.
        span: Span,
    },
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
