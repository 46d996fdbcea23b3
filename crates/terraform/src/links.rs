//! Which resource refers to which: read off the origins and the reasons of values.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trueline_model::{Address, Condition, Key, Kind, Link, Origin, Reason, Route, Value, Via};

/// Steps of origins that are looked at for one resource.
const BUDGET: usize = 200_000;
/// Links that one resource may have.
const MAX_LINKS: usize = 20_000;

/// What decides on each placeholder, by its address.
pub(crate) type Placeholders<'p> = BTreeMap<&'p Address, &'p [Condition]>;

/// All references of a resource's values to other resources and data sources, by route.
pub(crate) fn of(values: &Value, own: &Address, placeholders: &Placeholders<'_>) -> Vec<Link> {
    let mut c = Collector { out: BTreeSet::new(), own, placeholders, budget: BUDGET };
    c.value(values, &Route::root());
    c.out.into_iter().collect()
}

struct Collector<'c> {
    out: BTreeSet<Link>,
    own: &'c Address,
    placeholders: &'c Placeholders<'c>,
    budget: usize,
}

impl Collector<'_> {
    fn value(&mut self, v: &Value, route: &Route) {
        match &v.kind {
            Kind::Object(entries) | Kind::Map(_, entries) => {
                for (name, v) in entries.iter() {
                    self.value(v, &route.child(name.clone()));
                }
                if route.0.is_empty() {
                    return;
                }
            }
            Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
                for (i, v) in items.iter().enumerate() {
                    self.value(v, &route.element(u32::try_from(i).unwrap_or(u32::MAX)));
                }
            }
            Kind::Unknown(u) => {
                if let Reason::Computed(a, r) | Reason::DataSource(a, r) = &u.reason {
                    self.add(route, a, r);
                }
            }
            _ => {}
        }
        if let Some(d) = &v.document {
            self.value(d, route);
        }
        let whole = !matches!(
            v.kind,
            Kind::Object(_) | Kind::Map(..) | Kind::List(..) | Kind::Set(..) | Kind::Tuple(_)
        );
        if let Some(o) = v.origin.as_ref().filter(|_| whole || v.as_items().is_some()) {
            self.origin(o, route);
        }
    }

    fn origin(&mut self, from: &Arc<Origin>, route: &Route) {
        let mut seen: BTreeSet<*const Origin> = BTreeSet::new();
        let mut todo = vec![from];
        while let Some(o) = todo.pop() {
            if self.budget == 0 {
                return;
            }
            self.budget -= 1;
            // What lies behind another resource is that resource's concern.
            if let Via::Resource(address, attribute) = &o.via {
                self.add(route, address, attribute);
                continue;
            }
            for input in &o.inputs {
                if seen.insert(Arc::as_ptr(input)) {
                    todo.push(input);
                }
            }
        }
    }

    fn add(&mut self, route: &Route, to: &Address, attribute: &Route) {
        if to == self.own || self.out.len() >= MAX_LINKS {
            return;
        }
        let certain = !elsewhere(self.own, to) || self.same_keys(to);
        self.out.insert(Link { route: route.clone(), to: to.clone(), attribute: attribute.clone(), certain });
    }
}

impl Collector<'_> {
    /// True if a placeholder refers to another one behind the same `count` or `for_each`: to its own instance there.
    /// One of the two may have more conditions: if both exist, one means the other.
    fn same_keys(&self, to: &Address) -> bool {
        let (Some(own), Some(other)) = (self.placeholders.get(self.own), self.placeholders.get(to)) else {
            return false;
        };
        let within = |a: &[Condition], b: &[Condition]| a.iter().all(|c| b.iter().any(|o| o.id == c.id));
        within(own, other) || within(other, own)
    }
}

/// True if which instance an address means is left open, beside the modules that both are in.
fn elsewhere(own: &Address, to: &Address) -> bool {
    let any = |k: &Option<Key>| *k == Some(Key::Any);
    let shared = own.modules.iter().zip(&to.modules).take_while(|(a, b)| a == b).count();
    any(&to.key) || to.modules.iter().skip(shared).any(|m| any(&m.key))
}
