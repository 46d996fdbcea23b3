//! Values as expressions: strings are templates.

use trueline_text::Span;

use crate::ast::{Expr, ExprKind, ObjectItem, ObjectKey, SyntaxError, Template, TemplatePart, TemplateStyle};
use crate::parse::parse_template;

use super::read::Text;
use super::shift::shift_parts;
use super::{Node, Value};

/// The expression of a value; `None`, and an error, if a string in it is no template.
pub(super) fn expr(text: &str, node: &Node, errors: &mut Vec<SyntaxError>) -> Option<Expr> {
    let kind = match &node.value {
        Value::Null => ExprKind::Null,
        Value::Bool(b) => ExprKind::Bool(*b),
        Value::Number => ExprKind::Number(node.span.text(text).into()),
        Value::String(string) => return template(string, errors),
        Value::Array(nodes) => {
            ExprKind::Tuple(nodes.iter().map(|n| expr(text, n, errors)).collect::<Option<_>>()?)
        }
        Value::Object(members) => {
            let item = |m: &super::Member, errors: &mut Vec<SyntaxError>| {
                let key = ObjectKey::Expr(template(&m.key, errors)?);
                let value = expr(text, &m.value, errors)?;
                Some(ObjectItem { key, separator: m.colon, value, span: m.span() })
            };
            ExprKind::Object(members.iter().map(|m| item(m, errors)).collect::<Option<_>>()?)
        }
    };
    Some(Expr { kind, span: node.span })
}

fn template(string: &Text, errors: &mut Vec<SyntaxError>) -> Option<Expr> {
    let parts = if string.value.contains("${") || string.value.contains("%{") {
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
