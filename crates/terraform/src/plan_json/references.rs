//! What an expression refers to, and what it is if it refers to nothing.
//!
//! Terraform lists every reference from its longest form to its shortest (`aws_s3_bucket.b.arn`,
//! `aws_s3_bucket.b`), in the order of the expression, repeats included; names bound by `for` are none.

use serde_json::{Map, Value as Json};
use trueline_hcl::{Expr, ExprKind, ObjectKey, SplatStep, Template, TemplatePart, UnaryOp};
use trueline_model::Number;

use super::values::exact;
use crate::expression::arithmetic;

/// References of an expression.
pub fn references(expr: &Expr) -> Vec<String> {
    let mut walk = Walk { bound: Vec::new(), out: Vec::new() };
    walk.expr(expr);
    walk.out
}

/// What an entry of `depends_on` names: a resource, a data source or a module.
pub fn subject(expr: &Expr) -> Option<String> {
    let (root, steps) = traversal(expr.unparen())?;
    let (n, _) = subject_steps(&root, &steps)?;
    Some(text(&root, &steps, n))
}

/// One step of a traversal.
enum Step {
    Name(String),
    /// As it is printed between brackets.
    Index(String),
}

struct Walk {
    /// Names bound around the place.
    bound: Vec<String>,
    out: Vec<String>,
}

impl Walk {
    /// As deep as the parser lets expressions nest.
    fn expr(&mut self, e: &Expr) {
        if let Some((root, steps)) = traversal(e) {
            if !self.bound.contains(&root) {
                self.out.extend(forms(&root, &steps));
            }
            return;
        }
        match &e.kind {
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::Variable(_)
            | ExprKind::Missing => {}
            ExprKind::Template(t) => self.parts(&t.parts),
            ExprKind::Tuple(items) => items.iter().for_each(|i| self.expr(i)),
            ExprKind::Object(items) => {
                for i in items {
                    if let ObjectKey::Expr(k) = &i.key {
                        self.expr(k);
                    }
                    self.expr(&i.value);
                }
            }
            ExprKind::GetAttr(inner, _) | ExprKind::LegacyIndex(inner, _) | ExprKind::Parens(inner) => {
                self.expr(inner)
            }
            ExprKind::Unary(_, inner) => self.expr(inner),
            ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) => {
                self.expr(a);
                self.expr(b);
            }
            ExprKind::Splat(s) => {
                self.expr(&s.source);
                for step in &s.rest {
                    if let SplatStep::Index(k) = step {
                        self.expr(k);
                    }
                }
            }
            ExprKind::Call(c) => c.args.iter().for_each(|a| self.expr(a)),
            ExprKind::Conditional(c, a, b) => [c, a, b].into_iter().for_each(|e| self.expr(e)),
            ExprKind::ForTuple(f) => {
                self.expr(&f.collection);
                let n = self.bind(f.key.as_ref().map(|k| &*k.text), &f.value.text);
                self.expr(&f.element);
                f.condition.iter().for_each(|c| self.expr(c));
                self.bound.truncate(n);
            }
            ExprKind::ForObject(f) => {
                self.expr(&f.collection);
                let n = self.bind(f.key.as_ref().map(|k| &*k.text), &f.value.text);
                self.expr(&f.entry_key);
                self.expr(&f.entry_value);
                f.condition.iter().for_each(|c| self.expr(c));
                self.bound.truncate(n);
            }
        }
    }

    fn parts(&mut self, parts: &[TemplatePart]) {
        for p in parts {
            match p {
                TemplatePart::Text { .. } => {}
                TemplatePart::Interpolation(e) => self.expr(e),
                TemplatePart::If { condition, then, otherwise, .. } => {
                    self.expr(condition);
                    self.parts(then);
                    self.parts(otherwise);
                }
                TemplatePart::For { key, value, collection, body, .. } => {
                    self.expr(collection);
                    let n = self.bind(key.as_ref().map(|k| &*k.text), &value.text);
                    self.parts(body);
                    self.bound.truncate(n);
                }
            }
        }
    }

    /// Binds names; returns how many were bound before.
    fn bind(&mut self, key: Option<&str>, value: &str) -> usize {
        let n = self.bound.len();
        self.bound.extend(key.map(str::to_owned));
        self.bound.push(value.to_owned());
        n
    }
}

/// Root and steps of an expression that is nothing but names and literal indices.
fn traversal(e: &Expr) -> Option<(String, Vec<Step>)> {
    let mut steps = Vec::new();
    let mut at = e;
    loop {
        match &at.kind {
            ExprKind::Variable(root) => {
                steps.reverse();
                return Some((root.to_string(), steps));
            }
            ExprKind::GetAttr(inner, name) => {
                steps.push(Step::Name(name.text.to_string()));
                at = inner;
            }
            ExprKind::LegacyIndex(inner, index) => {
                steps.push(Step::Index(index.text.to_string()));
                at = inner;
            }
            ExprKind::Index(inner, key) => {
                let key = match &key.kind {
                    ExprKind::Number(n) => n.to_string(),
                    _ => Json::from(key.as_literal_str()?).to_string(),
                };
                steps.push(Step::Index(key));
                at = inner;
            }
            _ => return None,
        }
    }
}

/// All forms of one reference, the longest first; nothing for what is no reference.
fn forms(root: &str, steps: &[Step]) -> Vec<String> {
    let Some((subject, shorter)) = subject_steps(root, steps) else { return Vec::new() };
    let longer = (subject..=steps.len()).rev();
    longer.chain(shorter).map(|n| text(root, steps, n)).collect()
}

/// The first `n` steps as text.
fn text(root: &str, steps: &[Step], n: usize) -> String {
    let mut out = root.to_owned();
    for s in steps.iter().take(n) {
        match s {
            Step::Name(name) => {
                out.push('.');
                out.push_str(name);
            }
            Step::Index(key) => {
                out.push('[');
                out.push_str(key);
                out.push(']');
            }
        }
    }
    out
}

/// How many steps name the subject, and a shorter form that is listed after it.
fn subject_steps(root: &str, steps: &[Step]) -> Option<(usize, Option<usize>)> {
    let is_name = |n: usize| matches!(steps.get(n), Some(Step::Name(_)));
    let is_index = |n: usize| matches!(steps.get(n), Some(Step::Index(_)));
    let resource = |n: usize| if is_index(n) { (n + 1, Some(n)) } else { (n, None) };
    match root {
        "self" => Some((0, None)),
        _ if !is_name(0) => None,
        "var" | "local" | "each" | "count" | "path" | "terraform" => Some((1, None)),
        "module" => {
            let (call, without_key) = resource(1);
            Some(if is_name(call) { (call + 1, Some(call)) } else { (call, without_key) })
        }
        "data" | "ephemeral" => is_name(1).then(|| resource(2)),
        _ => Some(resource(1)),
    }
}

/// The value of an expression that needs nothing from outside: literals and what is made of them.
pub fn constant(e: &Expr) -> Option<Json> {
    Some(match &e.kind {
        ExprKind::Null => Json::Null,
        ExprKind::Bool(b) => Json::Bool(*b),
        ExprKind::Number(n) => exact(&n.parse().ok()?),
        ExprKind::Template(t) => Json::String(literal(t)?),
        ExprKind::Tuple(items) => Json::Array(items.iter().map(constant).collect::<Option<_>>()?),
        ExprKind::Object(items) => {
            let mut out = Map::new();
            for i in items {
                let key = match &i.key {
                    ObjectKey::Name(n) => n.text.to_string(),
                    ObjectKey::Expr(k) => match constant(k)? {
                        Json::String(s) => s,
                        Json::Number(n) => n.to_string(),
                        Json::Bool(b) => b.to_string(),
                        _ => return None,
                    },
                };
                out.insert(key, constant(&i.value)?);
            }
            Json::Object(out)
        }
        ExprKind::Parens(inner) => constant(inner)?,
        ExprKind::Unary(UnaryOp::Not, inner) => Json::Bool(!constant(inner)?.as_bool()?),
        ExprKind::Unary(UnaryOp::Negate, inner) => exact(&number(inner)?.neg()),
        ExprKind::Binary(op, a, b) if op.is_arithmetic() => {
            exact(&arithmetic(*op, &number(a)?, &number(b)?).ok()?)
        }
        _ => return None,
    })
}

fn literal(t: &Template) -> Option<String> {
    let mut out = String::new();
    for p in &t.parts {
        match p {
            TemplatePart::Text { value, .. } => out.push_str(value),
            _ => return None,
        }
    }
    Some(out)
}

fn number(e: &Expr) -> Option<Number> {
    match constant(e)? {
        Json::Number(n) => n.to_string().parse().ok(),
        _ => None,
    }
}
