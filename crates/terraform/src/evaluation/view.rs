//! A resource as other blocks see it: what the provider plans, with what it leaves to apply unknown.

use std::sync::Arc;

use trueline_model::{Address, Kind, Mode, Origin, Reason, Route, Unknown, Value, Via};

use super::Instance;
use trueline_provider::planned;

impl Instance {
    /// The values as other blocks see them.
    pub fn view(&self) -> &Value {
        self.view.get_or_init(|| {
            let seen = seen(self.planned(), &self.address, &Route::root(), 0);
            // Whatever takes one of these objects out of its list, it stays known whose it is.
            if self.schema.is_none() { located(seen, &self.address, &Route::root(), 0) } else { seen }
        })
    }

    /// The values as the provider's plan shows them.
    pub fn planned(&self) -> &Value {
        self.planned.get_or_init(|| match (&self.schema, self.address.mode) {
            (Some(schema), Mode::Managed) => planned::planned(&self.values, schema),
            _ => self.values.clone(),
        })
    }
}

/// What is left to the provider is unknown to others until apply.
fn seen(v: &Value, address: &Arc<Address>, route: &Route, depth: usize) -> Value {
    let mut out = v.clone();
    if depth > 32 {
        return out;
    }
    out.kind = match &v.kind {
        Kind::Unknown(u) if u.reason == Reason::Unset => {
            let mut u = Unknown::clone(u);
            u.reason = computed(address, route.clone());
            Kind::Unknown(Arc::new(u))
        }
        Kind::Object(entries) => Kind::Object(Arc::new(
            entries
                .iter()
                .map(|(k, v)| (k.clone(), seen(v, address, &route.child(k.clone()), depth + 1)))
                .collect(),
        )),
        Kind::List(t, items) if !v.is_wholly_known() => {
            Kind::List(t.clone(), Arc::new(seen_items(items, address, route, depth)))
        }
        Kind::Set(t, items) if !v.is_wholly_known() => {
            Kind::Set(t.clone(), Arc::new(seen_items(items, address, route, depth)))
        }
        Kind::Tuple(items) if !v.is_wholly_known() => {
            Kind::Tuple(Arc::new(seen_items(items, address, route, depth)))
        }
        kind => kind.clone(),
    };
    out
}

/// Objects in collections with the part of the resource that they are.
fn located(mut v: Value, address: &Arc<Address>, route: &Route, depth: usize) -> Value {
    if depth > 32 {
        return v;
    }
    match &mut v.kind {
        Kind::Object(entries) => {
            for (name, inner) in Arc::make_mut(entries) {
                let held = std::mem::replace(inner, Value::null());
                *inner = located(held, address, &route.child(name.clone()), depth + 1);
            }
        }
        Kind::Tuple(items) => {
            for (i, inner) in Arc::make_mut(items).iter_mut().enumerate() {
                let route = route.element(u32::try_from(i).unwrap_or(u32::MAX));
                let held = std::mem::replace(inner, Value::null());
                let mut held = located(held, address, &route, depth + 1);
                if let (Kind::Object(_), Some(o)) = (&held.kind, held.origin.take()) {
                    held.origin = Some(Origin::step(o.at, Via::Resource(address.clone(), route), Some(o)));
                }
                *inner = held;
            }
        }
        _ => {}
    }
    v
}

fn seen_items(items: &[Value], address: &Arc<Address>, route: &Route, depth: usize) -> Vec<Value> {
    let at = |i: usize| route.element(u32::try_from(i).unwrap_or(u32::MAX));
    items.iter().enumerate().map(|(i, v)| seen(v, address, &at(i), depth + 1)).collect()
}

/// Why an attribute that the provider gives is unknown.
pub(crate) fn computed(address: &Arc<Address>, route: Route) -> Reason {
    match address.mode {
        Mode::Managed => Reason::Computed(address.clone(), route),
        Mode::Data => Reason::DataSource(address.clone(), route),
    }
}
