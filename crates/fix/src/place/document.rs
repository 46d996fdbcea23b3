//! Changes inside a document that a string attribute holds: `jsonencode`, heredoc, string, `aws_iam_policy_document`.

use trueline_hcl::ExprKind;
use trueline_model::{OpValue, Operation, Resource, Route, Segment, Value};
use trueline_text::Location;

use super::scene::Scene;
use super::walk::Reached;
use super::{combine, computed, meant, policy_document, remove, set, settled};
use crate::NoPlace;
use crate::change::{Change, Placement};

/// The ways to carry out changes inside the document at `route`.
pub fn statement(
    scene: &Scene<'_>,
    resource: &Resource,
    route: &Route,
    change: &[Operation],
) -> Result<Vec<Placement>, NoPlace> {
    let reached = scene.reach(resource, route)?;
    let value = reached.value.as_ref().and_then(|v| v.at(&Route(reached.rest.clone())));
    let document = value.and_then(Value::encoded).ok_or_else(|| computed(resource, route))?;
    let mut each = Vec::new();
    for operation in change {
        let (inner, wanted) = match operation {
            Operation::Set { route, value, .. } => (route, Some(value)),
            Operation::Default { route, value, .. } => {
                if document.at(route).is_some_and(|v| !v.is_unset()) {
                    each.push(settled());
                    continue;
                }
                (route, Some(value))
            }
            Operation::Remove { route, .. } => {
                if document.at(route).is_none() {
                    each.push(settled());
                    continue;
                }
                (route, None)
            }
            Operation::Ensure { .. }
            | Operation::Rename { .. }
            | Operation::Respell { .. }
            | Operation::Statement { .. } => {
                let problem = "a document has no companions, no documents and no wrong names".to_owned();
                return Err(NoPlace::Value { route: route.to_string(), problem });
            }
        };
        let whole = Route(route.0.iter().chain(&inner.0).cloned().collect());
        let changes = match value {
            Some(v) => inside(scene, resource, &whole, v, &inner.0, wanted)?,
            None => Vec::new(),
        };
        let changes = set::editable(scene, changes);
        if changes.is_empty() {
            return Err(computed(resource, &whole));
        }
        each.push(meant(resource, &whole, changes));
    }
    Ok(combine(&each))
}

/// The same for a walk that ended at the attribute that holds the document.
pub fn changes(
    scene: &Scene<'_>,
    resource: &Resource,
    route: &Route,
    reached: &Reached<'_>,
    wanted: Option<&OpValue>,
) -> Result<Vec<Change>, NoPlace> {
    let value = reached.value.as_ref().ok_or_else(|| computed(resource, route))?;
    inside(scene, resource, route, value, &reached.rest, wanted)
}

fn inside(
    scene: &Scene<'_>,
    resource: &Resource,
    route: &Route,
    value: &Value,
    inner: &[Segment],
    wanted: Option<&OpValue>,
) -> Result<Vec<Change>, NoPlace> {
    let refuse = || computed(resource, route);
    let document = value.encoded().ok_or_else(refuse)?;
    if let Some(data) = scene.passed(value, "aws_iam_policy_document") {
        return policy_document::changes(scene, resource, route, data, document, inner, wanted);
    }
    let (file, expr) = scene.producer(value).ok_or_else(refuse)?;
    match &expr.unparen().kind {
        ExprKind::Template(_) => {
            let at = Location { file, span: expr.unparen().span };
            Ok(vec![Change::Text { at, route: Route(inner.to_vec()), value: wanted.cloned() }])
        }
        ExprKind::Call(call) if &*call.name.text == "jsonencode" => {
            let argument = call.args.first().ok_or_else(refuse)?;
            let reached = Reached::value(file, argument, document.clone()).walk(inner);
            match wanted {
                Some(v) => set::ways(scene, resource, route, &reached, v),
                None => Ok(remove::ways(scene, &reached)),
            }
        }
        _ => Err(refuse()),
    }
}
