//! The places that a route leads to. A name over a list or a run of blocks means each of them.

use trueline_model::{Kind, Reason, Resource, Route, Segment, Value};
use trueline_provider::schema::{self, BlockSchema, Nesting};

/// A place in a resource.
#[derive(Clone, Debug)]
pub(super) struct Spot<'v> {
    /// Where it is, or would be written.
    pub route: Route,
    /// What is there.
    pub what: Found<'v>,
}

/// What is at a place.
#[derive(Clone, Debug)]
pub(super) enum Found<'v> {
    /// A value, which may be unset.
    Value(&'v Value),
    /// Nothing, since this block around it is not there; its route.
    NoBlock(Route),
    /// Nobody knows, and why: something around it is not known, at this route.
    Open(Route, String),
}

/// What is asked of a collection at the end of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The collection.
    Whole,
    /// Each of its elements; blocks are not gone into.
    Each,
    /// Each value in it that is no collection.
    Leaves,
}

/// All places that `route` leads to below `base`.
pub(super) fn spots<'v>(resource: &'v Resource, base: &Route, route: &Route, end: End) -> Vec<Spot<'v>> {
    let mut out = Vec::new();
    let walk = Walk { resource, end };
    match resource.values.at(base) {
        Some(v) => walk.go(v, base.clone(), &route.0, &mut out),
        None => walk.missing(&Route::root(), &[&base.0[..], &route.0[..]].concat(), None, &mut out),
    }
    out
}

struct Walk<'v> {
    resource: &'v Resource,
    end: End,
}

impl<'v> Walk<'v> {
    fn go(&self, value: &'v Value, at: Route, rest: &[Segment], out: &mut Vec<Spot<'v>>) {
        // A text that holds a document is gone into, whether it is known or not.
        let v = if rest.is_empty() { value } else { value.encoded().unwrap_or(value) };
        let Some((step, after)) = rest.split_first() else {
            return self.end(v, at, out);
        };
        if v.is_unset() {
            return self.missing(&at, rest, Some(at.clone()), out);
        }
        if let Kind::Unknown(u) = &v.kind {
            // What is certain in an unknown collection is asked as well.
            let certain = v.document.as_deref().and_then(Value::as_items).unwrap_or_default();
            for (i, item) in known(certain) {
                self.go(item, at.element(i), rest, out);
            }
            out.push(Spot { route: at.clone(), what: Found::Open(at, u.reason.to_string()) });
            return;
        }
        match (step, v.as_items(), v.as_entries()) {
            (_, Some([]), _) => self.missing(&at, rest, Some(at.clone()), out),
            (Segment::Name(_), Some(items), _) => {
                for (i, item) in (0u32..).zip(items) {
                    self.go(item, at.element(i), rest, out);
                }
            }
            (Segment::Index(i), Some(items), _) => match items.get(*i as usize) {
                Some(item) => self.go(item, at.element(*i), after, out),
                None => self.missing(&at, rest, Some(at.clone()), out),
            },
            (Segment::Name(n), _, Some(entries)) => match entries.get(n) {
                Some(inner) => self.go(inner, at.child(n.clone()), after, out),
                None => {
                    let block = (!after.is_empty()).then(|| at.child(n.clone()));
                    self.missing(&at, rest, block, out);
                }
            },
            _ => {
                let why = format!("`{at}` can't be looked into");
                out.push(Spot { route: at.clone(), what: Found::Open(at, why) });
            }
        }
    }

    fn end(&self, v: &'v Value, at: Route, out: &mut Vec<Spot<'v>>) {
        let block = matches!(v.kind, Kind::Object(_)) && self.end == End::Each;
        let inner: Vec<(Route, &'v Value)> = match (v.as_items(), v.as_entries()) {
            _ if self.end == End::Whole || block => Vec::new(),
            (Some(items), _) => (0u32..).zip(items).map(|(i, x)| (at.element(i), x)).collect(),
            (_, Some(entries)) => entries.iter().map(|(k, x)| (at.child(k.clone()), x)).collect(),
            _ => Vec::new(),
        };
        if inner.is_empty() {
            // What is certain in an unknown collection is asked as well.
            let certain = v.document.as_deref().filter(|_| self.end != End::Whole && v.encoded().is_none());
            for (i, item) in known(certain.and_then(Value::as_items).unwrap_or_default()) {
                self.one(item, at.element(i), out);
            }
            out.push(Spot { route: at, what: Found::Value(v) });
            return;
        }
        for (route, x) in inner {
            self.one(x, route, out);
        }
    }

    /// One element of a collection.
    fn one(&self, v: &'v Value, at: Route, out: &mut Vec<Spot<'v>>) {
        match self.end {
            End::Leaves => self.end(v, at, out),
            End::Whole | End::Each => out.push(Spot { route: at, what: Found::Value(v) }),
        }
    }

    /// What is left of the way is not there, since this block is not, or the attribute itself.
    fn missing(&self, at: &Route, rest: &[Segment], block: Option<Route>, out: &mut Vec<Spot<'v>>) {
        let whole = Route([&at.0[..], rest].concat());
        let address = &self.resource.address;
        let Some(schema) = schema::of(&self.resource.provider, address.mode, &address.kind) else {
            let why = Reason::Schema(self.resource.provider.source.clone()).to_string();
            out.push(Spot { route: whole.clone(), what: Found::Open(whole, why) });
            return;
        };
        let what = block.map_or_else(|| Found::Value(nothing()), Found::NoBlock);
        out.push(Spot { route: written(&schema, &whole), what });
    }
}

/// The elements that are known, each with its number; those that are not are told with their collection.
fn known(items: &[Value]) -> impl Iterator<Item = (u32, &Value)> {
    (0u32..).zip(items).filter(|(_, x)| !x.is_unknown())
}

/// A value that is nothing.
fn nothing() -> &'static Value {
    static NOTHING: std::sync::LazyLock<Value> = std::sync::LazyLock::new(Value::null);
    &NOTHING
}

/// The route as it is written: with an index after each name of blocks that make a list or set.
fn written(schema: &BlockSchema, route: &Route) -> Route {
    let mut out = Route::root();
    let mut block = Some(schema);
    let mut steps = route.0.iter().peekable();
    while let Some(step) = steps.next() {
        out.0.push(step.clone());
        let Segment::Name(name) = step else { continue };
        let inner = block.and_then(|b| b.blocks.get(name));
        let nested = block.and_then(|b| b.attributes.get(name)).and_then(|a| a.nested.as_deref());
        let repeated = inner.map(|b| b.nesting).or(nested.map(|n| n.nesting));
        let listed = matches!(repeated, Some(Nesting::List | Nesting::Set));
        if listed && matches!(steps.peek(), Some(Segment::Name(_))) {
            out = out.element(0);
        }
        block = inner.map(|b| &*b.block).or(nested.map(|n| &*n.object));
    }
    out
}
