//! Which resource refers to which: read off the origins and the reasons of values.

use std::collections::BTreeSet;
use std::sync::Arc;

use trueline_model::{Address, Key, Kind, Link, Origin, Reason, Route, Value, Via};

/// Steps of origins that are looked at for one resource.
const BUDGET: usize = 200_000;
/// Links that one resource may have.
const MAX_LINKS: usize = 20_000;

/// All references of a resource's values to other resources and data sources, by route.
pub(crate) fn of(values: &Value, own: &Address) -> Vec<Link> {
    let mut c = Collector { out: BTreeSet::new(), own, budget: BUDGET };
    c.value(values, &Route::root());
    c.out.into_iter().collect()
}

struct Collector<'c> {
    out: BTreeSet<Link>,
    own: &'c Address,
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
        let any = |k: &Option<Key>| *k == Some(Key::Any);
        let certain = !any(&to.key) && !to.modules.iter().any(|m| any(&m.key));
        self.out.insert(Link { route: route.clone(), to: to.clone(), attribute: attribute.clone(), certain });
    }
}
