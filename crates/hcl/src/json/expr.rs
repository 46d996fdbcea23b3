//! Values as expressions: strings are templates, or literal where Terraform takes them as they stand.

use trueline_text::Span;

use crate::ast::{Expr, ExprKind, ObjectItem, ObjectKey, SyntaxError, Template, TemplatePart, TemplateStyle};
use crate::parse::parse_template;

use super::read::Text;
use super::shift::shift_parts;
use super::{Node, Value};

/// What the strings of a value are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Strings {
    Templates,
    Literal,
}

/// The expression of a value; `None`, and an error, if a string in it is no template.
pub(super) fn expr(text: &str, node: &Node, strings: Strings, errors: &mut Vec<SyntaxError>) -> Option<Expr> {
    let kind = match &node.value {
        Value::Null => ExprKind::Null,
        Value::Bool(b) => ExprKind::Bool(*b),
        Value::Number => ExprKind::Number(node.span.text(text).into()),
        Value::String(string) => return template(string, strings, errors),
        Value::Array(nodes) => {
            ExprKind::Tuple(nodes.iter().map(|n| expr(text, n, strings, errors)).collect::<Option<_>>()?)
        }
        Value::Object(members) => {
            let item = |m: &super::Member, errors: &mut Vec<SyntaxError>| {
                let key = ObjectKey::Expr(template(&m.key, strings, errors)?);
                let value = expr(text, &m.value, strings, errors)?;
                Some(ObjectItem { key, separator: m.colon, value, span: m.span() })
            };
            ExprKind::Object(members.iter().map(|m| item(m, errors)).collect::<Option<_>>()?)
        }
    };
    Some(Expr { kind, span: node.span })
}

fn template(string: &Text, strings: Strings, errors: &mut Vec<SyntaxError>) -> Option<Expr> {
    let is_template = strings == Strings::Templates;
    let parts = if is_template && (string.value.contains("${") || string.value.contains("%{")) {
        let to_source = |span: Span| Span::new(string.source(span.start), string.source(span.end));
        match parse_template(&string.value) {
            Ok(mut template) => {
                shift_parts(&mut template.parts, &to_source);
                template.parts
            }
            Err(found) => {
                errors.extend(found.into_iter().map(|e| SyntaxError { span: to_source(e.span), ..e }));
                return None;
            }
        }
    } else if string.value.is_empty() {
        Vec::new()
    } else {
        let span = Span::new(string.span.start + 1, string.span.end - 1);
        vec![TemplatePart::Text { value: string.value.as_str().into(), span }]
    };
    let kind = ExprKind::Template(Template { parts, style: TemplateStyle::Bare });
    Some(Expr { kind, span: string.span })
}
