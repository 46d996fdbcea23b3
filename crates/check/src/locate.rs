//! From a route to the bytes to show: the guilty literal, else the attribute, else the head of the block.

use trueline_model::{Origin, OriginStep, Resource, Route, Segment, Value, Via};
use trueline_text::Location;

/// Where a route of a resource is written, and how its value came there.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// What to point at.
    pub at: Option<Location>,
    /// From the resource back to the literal; empty if the literal stands in the resource itself.
    pub origin: Vec<OriginStep>,
}

/// Finds the place of `route` in `resource`.
pub fn locate(resource: &Resource, route: &Route) -> Place {
    let head = resource.declared.as_ref().map(|d| Location { file: d.file, span: d.head });
    within(&resource.values, head, route)
}

/// The same in the values of a block with this head.
pub fn within(values: &Value, head: Option<Location>, route: &Route) -> Place {
    let mut route = route.clone();
    loop {
        if route.0.is_empty() {
            return Place { at: head, origin: Vec::new() };
        }
        if let Some(origin) = lookup(values, &route).and_then(|v| v.origin.as_deref()) {
            return place(origin, head);
        }
        match route.split_last() {
            Some((shorter, _)) => route = shorter,
            None => return Place { at: head, origin: Vec::new() },
        }
    }
}

/// True if the source wrote something at a route, or at what it is a part of.
pub fn written(values: &Value, route: &Route) -> bool {
    let first = Route(route.0.iter().take(1).cloned().collect());
    [route, &first].into_iter().any(|r| lookup(values, r).is_some_and(|v| v.origin.is_some()))
}

/// The value at a route; an index beyond a single block or a name in a one-element list finds the element.
fn lookup<'v>(values: &'v Value, route: &Route) -> Option<&'v Value> {
    values.at(route).or_else(|| {
        let mut v = values;
        for step in &route.0 {
            v = match (step, v.as_items()) {
                (Segment::Name(_), Some([one])) => one,
                _ => v,
            };
            v = v.at(&Route(vec![step.clone()]))?;
        }
        Some(v)
    })
}

fn place(origin: &Origin, head: Option<Location>) -> Place {
    let chain = origin.chain();
    let literal = origin.source_literal();
    let at = literal.map_or(origin.at, |l| l.at);
    let mut steps = Vec::new();
    if chain.len() > 1 {
        for step in &chain {
            let via = word(&step.via);
            if steps.last().is_none_or(|l: &OriginStep| l.at != step.at) {
                steps.push(OriginStep { at: step.at, via });
            }
        }
    }
    if steps.len() == 1 {
        steps.clear();
    }
    Place { at: Some(at).or(head), origin: steps }
}

/// The word for a step in messages and JSON.
pub fn word(via: &Via) -> String {
    match via {
        Via::Literal => "literal".into(),
        Via::Variable(_) => "variable".into(),
        Via::Default(_) => "default".into(),
        Via::Tfvars(_) => "tfvars".into(),
        Via::Local(_) => "local".into(),
        Via::ModuleArgument(_) => "module argument".into(),
        Via::ModuleOutput(_) => "module output".into(),
        Via::Resource(..) => "resource attribute".into(),
        Via::Iterator(_) => "iterator".into(),
        Via::Element => "element".into(),
        Via::Selected(f) => format!("{f}()"),
        Via::Condition => "condition".into(),
        Via::Operator => "expression".into(),
        Via::Function(f) => format!("{f}()"),
        Via::Document => "document".into(),
        Via::ProviderDefaultTags => "default_tags".into(),
        Via::ProviderDefault => "provider default".into(),
    }
}
