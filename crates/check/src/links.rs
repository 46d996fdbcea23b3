//! `data.trueline.links` and `backlinks`: who refers to whom, and whether the one exists wherever the other does.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use trueline_model::{Address, Key, Plan, Resource};
use trueline_rego::Value as Shown;

use crate::data::object;

/// Most links that are written out for references of which it is open which instance they mean.
const MAX_MEANT: usize = 100_000;

/// `links` (from a resource) and `backlinks` (to a resource). A link to an instance that is not known which one is
/// leads to each that it may be.
pub fn of(plan: &Plan) -> (Shown, Shown) {
    let mut from: BTreeMap<String, Vec<Shown>> = BTreeMap::new();
    let mut to: BTreeMap<String, Vec<Shown>> = BTreeMap::new();
    let all = Instances::of(plan);
    let mut left = MAX_MEANT;
    for r in plan.resources.iter().chain(&plan.data) {
        let here = r.address.to_string();
        for l in &r.links {
            let (route, attribute) = (Shown::from(l.route.to_string()), Shown::from(l.attribute.to_string()));
            let mut add = |address: &Address, other: Option<&Resource>| {
                let there = address.to_string();
                let exists = other.map_or(r.conditions.is_empty(), |o| r.stands_with(o));
                let link = |other: (&str, &str), kind: &str| {
                    object([
                        ("attribute", attribute.clone()),
                        ("certain", Shown::from(l.certain)),
                        ("exists", Shown::from(exists)),
                        (other.0, Shown::from(other.1)),
                        ("route", route.clone()),
                        ("type", Shown::from(kind)),
                    ])
                };
                let back = link(("from", &here), &r.address.kind);
                from.entry(here.clone()).or_default().push(link(("to", &there), &l.to.kind));
                to.entry(there).or_default().push(back);
            };
            let meant = all.meant(&l.to);
            if meant.is_empty() || meant.len() > left {
                add(&l.to, None);
                continue;
            }
            if meant.len() > 1 {
                left -= meant.len();
            }
            meant.into_iter().for_each(|o| add(&o.address, Some(o)));
        }
    }
    let lists = |m: BTreeMap<String, Vec<Shown>>| m.into_iter().map(|(k, v)| (k, Shown::array(v))).collect();
    (lists(from), lists(to))
}

/// The instances of a plan, to find those that an address may mean.
pub(crate) struct Instances<'p> {
    exact: BTreeMap<&'p Address, &'p Resource>,
    /// Without keys; filled only where an address leaves open which instance is meant.
    loose: OnceCell<BTreeMap<Address, Vec<&'p Resource>>>,
}

impl<'p> Instances<'p> {
    /// Those of a plan.
    pub fn of(plan: &'p Plan) -> Self {
        let all = plan.resources.iter().chain(&plan.data);
        Self { exact: all.map(|r| (&r.address, r)).collect(), loose: OnceCell::new() }
    }

    /// Those that an address may mean.
    pub fn meant(&self, address: &Address) -> Vec<&'p Resource> {
        if let Some(one) = self.exact.get(address) {
            return vec![*one];
        }
        let loose = self.loose.get_or_init(|| {
            let mut out: BTreeMap<Address, Vec<&'p Resource>> = BTreeMap::new();
            for r in self.exact.values() {
                out.entry(r.address.without_keys()).or_default().push(*r);
            }
            out
        });
        let all = loose.get(&address.without_keys()).into_iter().flatten();
        all.filter(|r| may_be(address, &r.address)).copied().collect()
    }
}

/// True if two addresses that differ in nothing but keys may mean the same instance.
fn may_be(a: &Address, b: &Address) -> bool {
    let same = |a: &Option<Key>, b: &Option<Key>| a == b || [a, b].contains(&&Some(Key::Any));
    same(&a.key, &b.key) && a.modules.iter().zip(&b.modules).all(|(a, b)| same(&a.key, &b.key))
}
