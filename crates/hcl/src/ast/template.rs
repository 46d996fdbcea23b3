//! Quoted strings and heredocs.

use std::sync::Arc;

use trueline_text::Span;

use super::body::Ident;
use super::expr::Expr;

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
