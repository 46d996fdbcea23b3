//! Walks over all terms of a part of the tree, parents first.

use super::{Body, Expr, ExprKind, Part, Term, TermKind};

/// Calls `visit` for a term and those inside it, closures included, as long as it returns true.
pub(crate) fn each_term(term: &Term, visit: &mut dyn FnMut(&Term) -> bool) {
    if !visit(term) {
        return;
    }
    match &term.kind {
        TermKind::Ref(items) | TermKind::Array(items) | TermKind::Set(items) => {
            items.iter().for_each(|item| each_term(item, visit));
        }
        TermKind::Object(entries) => {
            for (key, value) in entries {
                each_term(key, visit);
                each_term(value, visit);
            }
        }
        TermKind::Call(call) => {
            each_term(&call.operator, visit);
            call.args.iter().for_each(|arg| each_term(arg, visit));
        }
        TermKind::ArrayComprehension(inner) | TermKind::SetComprehension(inner) => {
            let (head, body) = inner.as_ref();
            each_term(head, visit);
            each_term_in_body(body, visit);
        }
        TermKind::ObjectComprehension(inner) => {
            let (key, value, body) = inner.as_ref();
            each_term(key, visit);
            each_term(value, visit);
            each_term_in_body(body, visit);
        }
        TermKind::Template(parts) => {
            for part in parts {
                if let Part::Expr(expr) = part {
                    each_term_in_expr(expr, visit);
                }
            }
        }
        TermKind::Null | TermKind::Bool(_) | TermKind::Number(_) | TermKind::String(_) | TermKind::Var(_) => {
        }
    }
}

/// Calls `visit` for all terms of a body.
pub(crate) fn each_term_in_body(body: &Body, visit: &mut dyn FnMut(&Term) -> bool) {
    body.iter().for_each(|expr| each_term_in_expr(expr, visit));
}

/// Calls `visit` for all terms of an expression.
pub(crate) fn each_term_in_expr(expr: &Expr, visit: &mut dyn FnMut(&Term) -> bool) {
    match &expr.kind {
        ExprKind::Term(term) => each_term(term, visit),
        ExprKind::Unify(left, right) | ExprKind::Assign(left, right) => {
            each_term(left, visit);
            each_term(right, visit);
        }
        ExprKind::Some(vars) => vars.iter().for_each(|var| each_term(var, visit)),
        ExprKind::SomeIn(some) => {
            some.key.iter().for_each(|key| each_term(key, visit));
            each_term(&some.value, visit);
            each_term(&some.domain, visit);
        }
        ExprKind::Every(every) => {
            each_term(&every.domain, visit);
            every.key.iter().for_each(|key| each_term(key, visit));
            each_term(&every.value, visit);
            each_term_in_body(&every.body, visit);
        }
        ExprKind::Not(operand) => each_term_in_body(&operand.body, visit),
        ExprKind::Logical(logical) => {
            each_term_in_body(&logical.left.body, visit);
            each_term_in_body(&logical.right.body, visit);
        }
    }
    for with in &expr.with {
        each_term(&with.target, visit);
        each_term(&with.value, visit);
    }
}
