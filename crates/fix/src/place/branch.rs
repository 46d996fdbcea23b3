//! The branches of a condition: each is a place of its own.
//!
//! A condition is no identity, since what decides it is no source of the value; but the branch that was taken is where
//! the value comes from, and a change there leaves the other branch as it is.

use trueline_hcl::{Expr, ExprKind};
use trueline_model::{Origin, Value, Via};
use trueline_text::FileId;

use super::scene::Scene;

/// A condition that a value came through.
pub struct Split<'a> {
    /// Where it stands.
    pub file: FileId,
    /// The branch that was taken.
    pub taken: &'a Expr,
    /// The other one.
    pub other: &'a Expr,
    /// The value as it is in the branch.
    pub value: Value,
}

/// The nearest condition that a value came through by identity steps.
pub fn split<'a>(scene: &Scene<'a>, value: &Value) -> Option<Split<'a>> {
    let mut at: &Origin = value.origin.as_ref()?;
    while at.via != Via::Condition {
        if !at.via.is_identity() {
            return None;
        }
        let [one] = at.inputs.as_slice() else { return None };
        at = one;
    }
    let [input] = at.inputs.as_slice() else { return None };
    let ExprKind::Conditional(_, yes, no) = &scene.expr(at.at)?.unparen().kind else { return None };
    let (taken, other) = match (yes.span.contains(input.at.span), no.span.contains(input.at.span)) {
        (true, false) => (yes, no),
        (false, true) => (no, yes),
        _ => return None,
    };
    let value = Value { origin: Some(input.clone()), ..value.clone() };
    Some(Split { file: at.at.file, taken, other, value })
}

impl<'a> Split<'a> {
    /// What the condition may come to: its branches, and those of conditions in them.
    pub fn leaves(&self) -> Vec<&'a Expr> {
        let (mut out, mut todo) = (Vec::new(), vec![self.other, self.taken]);
        while let Some(e) = todo.pop() {
            match &e.unparen().kind {
                ExprKind::Conditional(_, yes, no) => todo.extend([&**no, &**yes]),
                _ => out.push(e),
            }
        }
        out
    }
}

/// True if a branch is written here as the data `json`.
pub fn is_written(branch: &Expr, json: &serde_json::Value) -> bool {
    match (&branch.unparen().kind, json) {
        (ExprKind::Bool(b), serde_json::Value::Bool(j)) => b == j,
        (ExprKind::Number(n), serde_json::Value::Number(j)) => n.to_string() == j.to_string(),
        (_, serde_json::Value::String(s)) => branch.unparen().as_literal_str() == Some(s),
        _ => false,
    }
}
