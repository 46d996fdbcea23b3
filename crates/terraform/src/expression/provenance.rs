//! Where a part of a value comes from.
//!
//! A reference to a whole collection is known by its own chain (`local.x` ← `var.x` ← default); its elements know only
//! their literals. Here the two are joined when an element is taken out: the steps of the collection's chain are laid
//! before the element's literal.

use std::sync::Arc;

use trueline_model::{Kind, Origin, Reason, Route, Segment, Type, Unknown, Value, Via};
use trueline_text::Location;

/// Steps of a collection's chain that are laid before an element's origin.
const STEPS: usize = 64;

/// A value that passed through one more step; the value itself is the same.
pub fn through(value: &Value, at: Location, via: Via) -> Value {
    let mut v = value.clone();
    v.origin = Some(Origin::step(at, via, value.origin.clone()));
    v
}

/// Origin of an element within the collection that `parent` describes, before the step that takes it out.
pub fn within(
    parent: Option<&Arc<Origin>>,
    child: Option<&Arc<Origin>>,
    step: &Segment,
) -> Option<Arc<Origin>> {
    let mut passed: Vec<&Arc<Origin>> = Vec::new();
    let mut at = parent;
    while let Some(o) = at {
        let stops = matches!(o.via, Via::Literal | Via::Operator | Via::Function(_));
        if stops || o.inputs.len() > 1 || passed.len() >= STEPS {
            break;
        }
        passed.push(o);
        at = o.inputs.first();
    }
    // An element without an origin of its own is where the collection is.
    let mut tail = child.or(at).cloned();
    for o in passed.into_iter().rev() {
        let via = match &o.via {
            Via::Resource(address, route) => Via::Resource(address.clone(), extend(route, step)),
            via => via.clone(),
        };
        tail = Some(Origin::step(o.at, via, tail));
    }
    tail
}

/// An element taken out of a collection at `at`, with the collection's chain and marks.
pub fn element(parent: &Value, child: &Value, step: &Segment, at: Location) -> Value {
    let mut v = child.clone();
    if parent.sensitive {
        v.mark_sensitive();
    }
    v.ephemeral |= parent.ephemeral;
    let from = within(parent.origin.as_ref(), child.origin.as_ref(), step);
    v.origin = Some(Origin::step(at, Via::Element, from));
    v
}

/// The same for an iterator, which names itself at its uses.
pub fn iterated(parent: &Value, child: &Value, step: &Segment) -> Value {
    let mut v = child.clone();
    if parent.sensitive {
        v.mark_sensitive();
    }
    v.ephemeral |= parent.ephemeral;
    v.origin = within(parent.origin.as_ref(), child.origin.as_ref(), step);
    v
}

/// The unknown element at `step` of an unknown value.
pub fn unknown_element(
    parent: &Value,
    unknown: &Unknown,
    ty: Type,
    step: Option<&Segment>,
    at: Location,
) -> Value {
    let reason = match (&unknown.reason, step) {
        (Reason::Computed(a, r), Some(s)) => Reason::Computed(a.clone(), extend(r, s)),
        (Reason::DataSource(a, r), Some(s)) => Reason::DataSource(a.clone(), extend(r, s)),
        (reason, _) => reason.clone(),
    };
    let from = match step {
        Some(s) => within(parent.origin.as_ref(), None, s),
        None => parent.origin.clone(),
    };
    Value {
        kind: Kind::Unknown(Arc::new(Unknown::new(ty, reason))),
        sensitive: parent.sensitive,
        ephemeral: parent.ephemeral,
        origin: Some(Origin::step(at, Via::Element, from)),
        document: None,
    }
}

fn extend(route: &Route, step: &Segment) -> Route {
    let mut r = route.clone();
    r.0.push(step.clone());
    r
}
