//! Operators and conditions.

use std::sync::Arc;

use trueline_hcl::{BinaryOp, Expr, ExprKind, UnaryOp};
use trueline_model::{Kind, Number, Origin, Type, Unknown, Value, Via};
use trueline_text::Span;

use super::{Evaluator, ExprError, type_name, unknown_from};
use trueline_provider::{convert, document};

impl Evaluator<'_> {
    pub(super) fn unary(&mut self, op: UnaryOp, e: &Expr, span: Span) -> Value {
        let x = self.eval(e);
        let ty = match op {
            UnaryOp::Negate => Type::Number,
            UnaryOp::Not => Type::Bool,
        };
        let x = match self.operand(&x, &ty, e.span, "the operand") {
            Ok(x) => x,
            Err(v) => return v,
        };
        let kind = match (&x.kind, op) {
            (Kind::Number(n), UnaryOp::Negate) => Kind::Number(n.neg()),
            (Kind::Bool(b), UnaryOp::Not) => Kind::Bool(!b),
            _ => not_null(unknown_from(ty, &x)),
        };
        // `-1` is as much a literal as `1` is.
        if matches!((&e.kind, op), (ExprKind::Number(_), UnaryOp::Negate)) {
            return self.literal(span, kind);
        }
        self.made(kind, span, &[&x])
    }

    /// Walks the left spine with a loop: `a + b + c + …` is as deep as the file is long.
    pub(super) fn binary(&mut self, e: &Expr) -> Value {
        let mut spine = Vec::new();
        let mut at = e;
        while let ExprKind::Binary(op, left, right) = &at.kind {
            spine.push((*op, left.span, right, at.span));
            at = left;
        }
        let before = self.errors.len();
        let mut left = self.eval(at);
        while let Some((op, left_span, right, span)) = spine.pop() {
            if !self.limits.spend(1) {
                return self.out_of_fuel(span);
            }
            if matches!(op, BinaryOp::And | BinaryOp::Or) && self.scope.short_circuits() {
                let left_errors = self.errors.split_off(before);
                let r = self.eval(right);
                let right_errors = self.errors.split_off(before);
                left =
                    self.logical(op, (&left, left_span, left_errors), (&r, right.span, right_errors), span);
                continue;
            }
            let r = self.eval(right);
            left = self.apply(op, &left, left_span, &r, right.span, span);
        }
        left
    }

    /// `&&` and `||` from Terraform 1.12 on: the side that decides is taken, and what fails in the other does not count. A
    /// side that is not known decides beside one that does not, and beside another unknown the left one does.
    fn logical(
        &mut self,
        op: BinaryOp,
        (a, a_span, mut a_errors): (&Value, Span, Vec<ExprError>),
        (b, b_span, mut b_errors): (&Value, Span, Vec<ExprError>),
        span: Span,
    ) -> Value {
        let (x, y) = match (convert::convert(a, &Type::Bool), convert::convert(b, &Type::Bool)) {
            (Ok(x), Ok(y)) => (x, y),
            _ => {
                self.errors.append(&mut a_errors);
                self.errors.append(&mut b_errors);
                return self.apply(op, a, a_span, b, b_span, span);
            }
        };
        let decides = |v: &Value| match &v.kind {
            Kind::Unknown(_) => None,
            // null counts as false here, unless both sides have to be looked at.
            kind => Some(matches!(kind, Kind::Bool(true)) == (op == BinaryOp::Or)),
        };
        let taken = match (decides(&x), decides(&y)) {
            (None, None) if a_errors.is_empty() => &x,
            (Some(true), _) => {
                self.errors.append(&mut a_errors);
                return self.made(Kind::Bool(op == BinaryOp::Or), span, &[&x, &y]);
            }
            (_, Some(true)) => {
                self.errors.append(&mut b_errors);
                return self.made(Kind::Bool(op == BinaryOp::Or), span, &[&x, &y]);
            }
            (None, Some(false)) => {
                self.errors.append(&mut a_errors);
                &x
            }
            (Some(false), None) => {
                self.errors.append(&mut b_errors);
                &y
            }
            _ => {
                self.errors.append(&mut a_errors);
                self.errors.append(&mut b_errors);
                return self.apply(op, a, a_span, b, b_span, span);
            }
        };
        self.made(not_null(unknown_from(Type::Bool, taken)), span, &[&x, &y])
    }

    fn apply(&mut self, op: BinaryOp, a: &Value, a_span: Span, b: &Value, b_span: Span, span: Span) -> Value {
        use BinaryOp as Op;
        let (takes, gives) = match op {
            Op::Equal | Op::NotEqual => {
                let kind = match convert::equal(a, b).as_bool() {
                    Some(same) => Kind::Bool(same == (op == Op::Equal)),
                    None => {
                        // A provider may promise that what it does not know yet is not null.
                        self.doubts |= a.is_null() || b.is_null();
                        not_null(unknown_from(Type::Bool, if a.is_wholly_known() { b } else { a }))
                    }
                };
                return self.made(kind, span, &[a, b]);
            }
            Op::Or | Op::And => (Type::Bool, Type::Bool),
            Op::Less | Op::LessEqual | Op::Greater | Op::GreaterEqual => (Type::Number, Type::Bool),
            _ => (Type::Number, Type::Number),
        };
        let a = match self.operand(a, &takes, a_span, "the left operand") {
            Ok(v) => v,
            Err(v) => return v,
        };
        let b = match self.operand(b, &takes, b_span, "the right operand") {
            Ok(v) => v,
            Err(v) => return v,
        };
        let kind = match (&a.kind, &b.kind) {
            (Kind::Bool(x), Kind::Bool(y)) => Kind::Bool(if op == Op::And { *x && *y } else { *x || *y }),
            (Kind::Number(x), Kind::Number(y)) => match op {
                Op::Less => Kind::Bool(x < y),
                Op::LessEqual => Kind::Bool(x <= y),
                Op::Greater => Kind::Bool(x > y),
                Op::GreaterEqual => Kind::Bool(x >= y),
                _ => match arithmetic(op, x, y) {
                    Ok(n) => Kind::Number(n),
                    Err(why) => return self.fail(span, why, None),
                },
            },
            (Kind::Unknown(_), _) => not_null(unknown_from(gives, &a)),
            _ => not_null(unknown_from(gives, &b)),
        };
        self.made(kind, span, &[&a, &b])
    }

    /// The operand converted to the operator's type.
    fn operand(&mut self, v: &Value, ty: &Type, span: Span, which: &str) -> Result<Value, Value> {
        match convert::convert(v, ty) {
            Ok(v) if v.is_null() => Err(self.fail(span, format!("{which} is null"), None)),
            Ok(v) => Ok(v),
            Err(e) => Err(self.fail(span, format!("{which} does not fit the operator: {e}"), None)),
        }
    }

    pub(super) fn conditional(&mut self, c: &Expr, a: &Expr, b: &Expr, span: Span) -> Value {
        // Both branches are evaluated, since both decide the type; what fails in the one not taken does not count.
        let before = self.errors.len();
        let yes = self.eval(a);
        let yes_errors = self.errors.split_off(before);
        let no = self.eval(b);
        let no_errors = self.errors.split_off(before);
        let condition = self.eval(c);
        let ty = match unified(&yes, &no) {
            Some(t) => t,
            None => {
                let message = format!(
                    "the two results of the condition have types that do not fit together: {} and {}",
                    type_name(&yes),
                    type_name(&no)
                );
                return self.fail(span, message, Some("make both results of one type".into()));
            }
        };
        let condition = match convert::convert(&condition, &Type::Bool) {
            Ok(v) if v.is_null() => {
                return self.fail(c.span, "the condition is null", Some("give true or false".into()));
            }
            Ok(v) => v,
            Err(e) => {
                return self.fail(c.span, format!("the condition is neither true nor false: {e}"), None);
            }
        };
        // Marks of the result not taken stay: which one was taken tells of both.
        let (sensitive, ephemeral) = (
            condition.sensitive | yes.sensitive | no.sensitive,
            condition.ephemeral | yes.ephemeral | no.ephemeral,
        );
        let (taken, branch_span, mut errors) = match &condition.kind {
            Kind::Bool(true) => (yes, a.span, yes_errors),
            Kind::Bool(false) => (no, b.span, no_errors),
            _ => {
                let kind = undecided(&condition, &yes, &no, ty);
                let mut v = self.made_via(kind, span, Via::Condition, &[&yes, &no]);
                let common = document::either(&yes, &no, &condition);
                v.document = common.map(|d| Arc::new(Value { sensitive: d.sensitive | sensitive, ..d }));
                v.sensitive |= sensitive;
                v.ephemeral |= ephemeral;
                return v;
            }
        };
        self.errors.append(&mut errors);
        let taken = match convert::convert(&taken, &ty) {
            Ok(v) => v,
            Err(e) => {
                return self.fail(branch_span, format!("this result does not fit the other one: {e}"), None);
            }
        };
        let origin = Origin::step(self.at(span), Via::Condition, taken.origin.clone());
        Value { sensitive, ephemeral, origin: Some(origin), ..taken }
    }
}

/// The type that both results of a condition are converted to.
fn unified(a: &Value, b: &Value) -> Option<Type> {
    match (&a.kind, &b.kind) {
        (Kind::Null(Type::Any), _) => Some(b.ty()),
        (_, Kind::Null(Type::Any)) => Some(a.ty()),
        _ => {
            let (a, b) = (a.ty(), b.ty());
            if a == b { Some(a) } else { convert::unify(&[a, b]) }
        }
    }
}

/// What is known of a condition's result while the condition is not decided.
fn undecided(condition: &Value, a: &Value, b: &Value, ty: Type) -> Kind {
    if a.is_null() && b.is_null() {
        return Kind::Null(ty);
    }
    let mut u = unknown_from(ty, condition);
    let sure = |v: &Value| match &v.kind {
        Kind::Null(_) => false,
        Kind::Unknown(u) => u.not_null,
        _ => true,
    };
    u.not_null = sure(a) && sure(b);
    if let (Some(x), Some(y)) = (length(a), length(b))
        && matches!(u.ty, Type::List(_) | Type::Map(_) | Type::Set(_))
        && u.not_null
    {
        u.length = (x.0.min(y.0), x.1.zip(y.1).map(|(p, q)| p.max(q)));
    }
    Kind::Unknown(Arc::new(u))
}

fn length(v: &Value) -> Option<(usize, Option<usize>)> {
    match &v.kind {
        Kind::Unknown(u) => Some(u.length),
        // A set with unknown elements may hold fewer than it seems.
        Kind::Set(_, items) if !v.is_wholly_known() => {
            Some((usize::from(!items.is_empty()), Some(items.len())))
        }
        _ => v.as_items().map(<[Value]>::len).or(v.as_entries().map(|m| m.len())).map(|n| (n, Some(n))),
    }
}

fn not_null(mut u: Unknown) -> Kind {
    u.not_null = true;
    Kind::Unknown(Arc::new(u))
}

/// The result of an arithmetic operator.
pub(crate) fn arithmetic(op: BinaryOp, x: &Number, y: &Number) -> Result<Number, String> {
    let result = match op {
        BinaryOp::Add => x.add(y),
        BinaryOp::Subtract => x.sub(y),
        BinaryOp::Multiply => x.mul(y),
        BinaryOp::Divide => x.div(y),
        _ => x.rem(y),
    };
    result.map_err(|e| e.to_string())
}
