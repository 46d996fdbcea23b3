//! What an organization's policies can't decide, because a value that they look at is not known.
//!
//! Enters: a plan, as policies see it in `input` and in `data.trueline`. Leaves: the routes of all values in it that are
//! not known, for the engine; and for a route that a verdict hangs on, the resource, its attribute and why it is not
//! known. What a source leaves out is absent, not unknown, as for the rules of the pack.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use trueline_model::{Kind, Note, NoteKind, Plan, Reason, Resource, Route, Segment, Value};
use trueline_rego::{Route as Steps, Value as Rego};

/// Most values that are taken for unknown; a plan of more is looked at as it stands.
const MAX_UNKNOWN: usize = 200_000;

/// Where a value that is not known belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Address of the resource; empty for a variable.
    pub address: String,
    /// The attribute, or the variable.
    pub route: String,
    /// Why it is not known.
    pub why: String,
}

/// All values of a plan that are not known, where policies meet them.
#[derive(Default)]
pub struct Unknowns {
    places: BTreeMap<Steps, Place>,
    /// There are more than are looked at.
    too_many: bool,
}

impl Unknowns {
    /// Those of this plan.
    pub fn of(plan: &Plan) -> Self {
        let mut out = Self::default();
        let changes = by_address(plan.json.get("resource_changes"), &steps(["input", "resource_changes"]));
        let mut planned = BTreeMap::new();
        if let Some(root) = plan.json.pointer("/planned_values/root_module") {
            below_module(root, &steps(["input", "planned_values", "root_module"]), &mut planned);
        }
        for (name, all) in [("resources", &plan.resources), ("data_sources", &plan.data)] {
            let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
            for r in all {
                let number = seen.entry(&r.address.kind).or_default();
                let mut own = steps(["data", "trueline", name, &*r.address.kind]);
                own.push(Rego::from(*number));
                *number += 1;
                let address = r.address.to_string();
                let mut roots = Vec::new();
                for (found, rest) in
                    [(changes.get(&address), &["change", "after"][..]), (planned.get(&address), &["values"])]
                {
                    let extend =
                        |at: &Steps| at.iter().cloned().chain(rest.iter().map(|s| Rego::from(*s))).collect();
                    roots.extend(found.map(extend));
                }
                out.resource(r, &address, own, &roots);
            }
        }
        out.variables(plan);
        if out.places.len() >= MAX_UNKNOWN {
            return Self { too_many: true, ..Self::default() };
        }
        out
    }

    fn resource(&mut self, r: &Resource, address: &str, own: Steps, others: &[Steps]) {
        let mut values = own.clone();
        values.push(Rego::from("values"));
        let mut todo = vec![(&r.values, Route::root(), None::<Route>)];
        while let Some((v, route, document)) = todo.pop() {
            if self.places.len() >= MAX_UNKNOWN {
                return;
            }
            if let (Some(d), None) = (&v.document, &document) {
                todo.push((d, Route::root(), Some(route.clone())));
            }
            match &v.kind {
                Kind::Unknown(u) if u.reason != Reason::Unset => {
                    let place = |route: String| Place {
                        address: address.to_owned(),
                        route,
                        why: u.reason.to_string(),
                    };
                    match &document {
                        // A reference in a document is an id or ARN, and not what policies look for in it.
                        Some(_) if matches!(u.reason, Reason::Computed(..)) => {}
                        Some(at) => {
                            let mut path = own.clone();
                            path.extend([Rego::from("documents"), Rego::from(at.to_string())]);
                            path.extend(segments(&route));
                            self.places.insert(path, place(at.to_string()));
                        }
                        None => {
                            for root in std::iter::once(&values).chain(others) {
                                let path = root.iter().cloned().chain(segments(&route)).collect();
                                self.places.insert(path, place(route.to_string()));
                            }
                        }
                    }
                }
                _ => push_parts(v, &route, &document, &mut todo),
            }
        }
    }

    /// Variables of the root module without a value.
    fn variables(&mut self, plan: &Plan) {
        let all = plan.json.get("variables").and_then(Json::as_object);
        for (name, variable) in all.into_iter().flatten() {
            if variable.get("value").is_none() {
                let place = Place {
                    address: String::new(),
                    route: format!("var.{name}"),
                    why: Reason::Variable(name.as_str().into()).to_string(),
                };
                self.places.insert(steps(["input", "variables", name, "value"]), place);
            }
        }
    }

    /// True if all is known.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// What policies do not see, if there is too much of it.
    pub fn note(&self) -> Option<Note> {
        self.too_many.then(|| Note {
            kind: NoteKind::Warning,
            message: format!(
                "more than {MAX_UNKNOWN} values are not known: your policies were run as if they were not set"
            ),
            help: Some("give the variables values, or check a smaller part".to_owned()),
            at: None,
        })
    }

    /// The routes of all values that are not known.
    pub fn routes(&self) -> Vec<Steps> {
        self.places.keys().cloned().collect()
    }

    /// The value at a route, or the first below it.
    pub fn place(&self, route: &Steps) -> Option<&Place> {
        let (found, place) = self.places.range(route.clone()..).next()?;
        found.starts_with(route).then_some(place)
    }
}

type Todo<'v> = Vec<(&'v Value, Route, Option<Route>)>;

fn push_parts<'v>(v: &'v Value, route: &Route, document: &Option<Route>, todo: &mut Todo<'v>) {
    match &v.kind {
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            let numbered = (0u32..).zip(items.iter());
            todo.extend(numbered.map(|(i, x)| (x, route.element(i), document.clone())));
        }
        Kind::Map(_, entries) | Kind::Object(entries) => {
            todo.extend(entries.iter().map(|(k, x)| (x, route.child(k.clone()), document.clone())));
        }
        _ => {}
    }
}

fn steps<const N: usize>(names: [&str; N]) -> Steps {
    names.iter().map(|n| Rego::from(*n)).collect()
}

fn segments(route: &Route) -> impl Iterator<Item = Rego> + '_ {
    route.0.iter().map(|s| match s {
        Segment::Name(n) => Rego::from(&**n),
        Segment::Index(i) => Rego::from(*i as usize),
    })
}

/// The place of each entry of a list that names an address.
fn by_address(list: Option<&Json>, at: &Steps) -> BTreeMap<String, Steps> {
    let mut out = BTreeMap::new();
    for (i, entry) in list.and_then(Json::as_array).into_iter().flatten().enumerate() {
        if let Some(address) = entry.get("address").and_then(Json::as_str) {
            out.insert(address.to_owned(), at.iter().cloned().chain([Rego::from(i)]).collect());
        }
    }
    out
}

fn below_module(root: &Json, at: &Steps, out: &mut BTreeMap<String, Steps>) {
    let mut todo = vec![(root, at.clone())];
    while let Some((module, at)) = todo.pop() {
        let below = |name: &str| at.iter().cloned().chain([Rego::from(name)]).collect::<Steps>();
        out.extend(by_address(module.get("resources"), &below("resources")));
        let children = module.get("child_modules").and_then(Json::as_array);
        for (i, child) in children.into_iter().flatten().enumerate() {
            let at = below("child_modules").into_iter().chain([Rego::from(i)]).collect();
            todo.push((child, at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_unknown_values_are_said() {
        assert!(Unknowns::default().note().is_none());
        let many = Unknowns { too_many: true, ..Unknowns::default() };
        assert!(many.is_empty() && many.note().is_some_and(|n| n.message.contains("200000")));
    }
}
