//! Moves the spans of a tree: a template was read from a JSON string's value, but stands in its source.

use trueline_text::Span;

use crate::ast::{Expr, ExprKind, Ident, ObjectKey, SplatStep, TemplatePart, TemplateStyle};

/// Where a span of the value stands in the source.
type Map<'a> = &'a dyn Fn(Span) -> Span;

pub(super) fn shift_parts(parts: &mut [TemplatePart], map: Map<'_>) {
    for part in parts {
        match part {
            TemplatePart::Text { span, .. } => *span = map(*span),
            TemplatePart::Interpolation(expr) => shift_expr(expr, map),
            TemplatePart::If { condition, then, otherwise, span } => {
                shift_expr(condition, map);
                shift_parts(then, map);
                shift_parts(otherwise, map);
                *span = map(*span);
            }
            TemplatePart::For { key, value, collection, body, span } => {
                shift_names(key, value, map);
                shift_expr(collection, map);
                shift_parts(body, map);
                *span = map(*span);
            }
        }
    }
}

fn shift_names(key: &mut Option<Ident>, value: &mut Ident, map: Map<'_>) {
    if let Some(key) = key {
        key.span = map(key.span);
    }
    value.span = map(value.span);
}

fn shift_all(exprs: &mut [Expr], map: Map<'_>) {
    for expr in exprs {
        shift_expr(expr, map);
    }
}

fn shift_steps(steps: &mut [SplatStep], map: Map<'_>) {
    for step in steps {
        match step {
            SplatStep::GetAttr(name) | SplatStep::LegacyIndex(name) => name.span = map(name.span),
            SplatStep::Index(key) => shift_expr(key, map),
            SplatStep::Splat { marker, rest, .. } => {
                *marker = map(*marker);
                shift_steps(rest, map);
            }
        }
    }
}

fn shift_expr(expr: &mut Expr, map: Map<'_>) {
    expr.span = map(expr.span);
    match &mut expr.kind {
        ExprKind::Null
        | ExprKind::Bool(_)
        | ExprKind::Number(_)
        | ExprKind::Variable(_)
        | ExprKind::Missing => {}
        ExprKind::Template(template) => {
            shift_parts(&mut template.parts, map);
            if let TemplateStyle::Heredoc { body, .. } = &mut template.style {
                *body = map(*body);
            }
        }
        ExprKind::Tuple(elements) => shift_all(elements, map),
        ExprKind::Object(items) => {
            for item in items {
                match &mut item.key {
                    ObjectKey::Name(name) => name.span = map(name.span),
                    ObjectKey::Expr(key) => shift_expr(key, map),
                }
                item.separator = map(item.separator);
                item.span = map(item.span);
                shift_expr(&mut item.value, map);
            }
        }
        ExprKind::GetAttr(source, name) | ExprKind::LegacyIndex(source, name) => {
            shift_expr(source, map);
            name.span = map(name.span);
        }
        ExprKind::Index(source, key) => {
            shift_expr(source, map);
            shift_expr(key, map);
        }
        ExprKind::Splat(splat) => {
            shift_expr(&mut splat.source, map);
            splat.marker = map(splat.marker);
            shift_steps(&mut splat.rest, map);
        }
        ExprKind::Call(call) => {
            call.name.span = map(call.name.span);
            shift_all(&mut call.args, map);
        }
        ExprKind::Unary(_, operand) | ExprKind::Parens(operand) => shift_expr(operand, map),
        ExprKind::Binary(_, left, right) => {
            shift_expr(left, map);
            shift_expr(right, map);
        }
        ExprKind::Conditional(condition, then, otherwise) => {
            shift_expr(condition, map);
            shift_expr(then, map);
            shift_expr(otherwise, map);
        }
        ExprKind::ForTuple(f) => {
            shift_names(&mut f.key, &mut f.value, map);
            shift_expr(&mut f.collection, map);
            shift_expr(&mut f.element, map);
            if let Some(condition) = &mut f.condition {
                shift_expr(condition, map);
            }
        }
        ExprKind::ForObject(f) => {
            shift_names(&mut f.key, &mut f.value, map);
            shift_expr(&mut f.collection, map);
            shift_expr(&mut f.entry_key, map);
            shift_expr(&mut f.entry_value, map);
            if let Some(condition) = &mut f.condition {
                shift_expr(condition, map);
            }
        }
    }
}
