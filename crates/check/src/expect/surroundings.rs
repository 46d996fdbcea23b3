//! What stands around a resource: the others of the plan, and those that refer to it.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use trueline_model::{Plan, Resource, Route, Value};

use crate::links::Instances;

/// The resources of a plan, by address and type.
pub(crate) struct Surroundings<'p> {
    plan: &'p Plan,
    by_address: OnceCell<BTreeMap<String, &'p Resource>>,
    by_type: OnceCell<BTreeMap<&'p str, Vec<&'p Resource>>>,
    instances: OnceCell<Instances<'p>>,
}

/// How surely one resource serves another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Serves {
    /// It refers to it, and exists wherever the other does.
    Surely,
    /// It may, and why that is open.
    Perhaps(String),
}

impl<'p> Surroundings<'p> {
    /// Those of a plan.
    pub fn new(plan: &'p Plan) -> Self {
        Self { plan, by_address: OnceCell::new(), by_type: OnceCell::new(), instances: OnceCell::new() }
    }

    /// The resource, or the data source, of this address.
    pub fn resource(&self, address: &str) -> Option<&'p Resource> {
        let all = self.by_address.get_or_init(|| {
            let plan = self.plan;
            plan.resources.iter().chain(&plan.data).map(|r| (r.address.to_string(), r)).collect()
        });
        all.get(address).copied()
    }

    fn of_type(&self, kind: &str) -> &[&'p Resource] {
        let all = self.by_type.get_or_init(|| {
            let mut out: BTreeMap<&'p str, Vec<&'p Resource>> = BTreeMap::new();
            for r in &self.plan.resources {
                out.entry(&*r.address.kind).or_default().push(r);
            }
            out
        });
        all.get(kind).map_or(&[], Vec::as_slice)
    }

    /// The resources of a type that serve `r` by an attribute of theirs that leads to it, or may do so.
    pub(super) fn companions(
        &self,
        r: &Resource,
        kind: &str,
        attribute: &str,
        target: &str,
    ) -> Vec<(&'p Resource, Serves)> {
        let serves = |c: &&'p Resource| Some((*c, self.serves(c, r, attribute, target)?));
        self.of_type(kind).iter().filter_map(serves).collect()
    }

    fn serves(&self, c: &'p Resource, r: &Resource, attribute: &str, target: &str) -> Option<Serves> {
        let here = Route::name(attribute);
        let all = self.instances.get_or_init(|| Instances::of(self.plan));
        let links: Vec<_> = c.links.iter().filter(|l| here.is_prefix_of(&l.route)).collect();
        let meant = |l: &&&trueline_model::Link| {
            all.meant(&l.to).iter().any(|o| o.address == r.address) || l.to == r.address
        };
        let leads = match links.as_slice() {
            [] => self.names(c, r, &here, target),
            links => links.iter().filter(|l| l.certain).any(|l| meant(&l)),
        };
        if leads {
            return Some(match c.stands_with(r) {
                true => Serves::Surely,
                false => Serves::Perhaps(hangs_on(c, r)),
            });
        }
        let open = || format!("the `{attribute}` of `{}` is not known", c.address);
        if links.iter().filter(|l| !l.certain).any(|l| meant(&l)) {
            return Some(Serves::Perhaps(open()));
        }
        if !links.is_empty() {
            return None;
        }
        let value = c.values.at(&here)?;
        let unknown = value.is_unknown() && !value.is_unset();
        let computed = matches!(value.reason(), Some(trueline_model::Reason::Computed(..)));
        (unknown && !computed).then(|| Serves::Perhaps(open()))
    }

    /// True if the attribute has the name of the resource, in the same region.
    fn names(&self, c: &Resource, r: &Resource, here: &Route, target: &str) -> bool {
        let Some(name) = c.values.at(here).and_then(Value::as_str) else { return false };
        let says = |route: &Route| r.values.at(route).and_then(Value::as_str) == Some(name);
        c.provider.region == r.provider.region && (says(here) || says(&Route::name(target)))
    }
}

fn hangs_on(c: &Resource, r: &Resource) -> String {
    let mut open: Vec<String> = c
        .conditions
        .iter()
        .filter(|x| !r.conditions.iter().any(|o| o.id == x.id))
        .map(|x| x.why.to_string())
        .collect();
    open.sort();
    open.dedup();
    format!("whether `{}` exists can't be decided: {}", c.address, open.join("; "))
}
