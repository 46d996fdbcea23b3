//! Where values come from, and which of them are not known.
//!
//! What enters: input and data, and routes in them whose values are not known yet. What leaves: the routes that an
//! answer rests on ([`Reason`]), and the places where an answer hangs on something unknown ([`Unknown`]).
//!
//! Containers are known by where they are in memory, so values need not carry anything, and a run that does not ask
//! pays nothing. Evaluation cuts a derivation where it needs an unknown value: what is found anyway is certain, and
//! what was cut may be.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::Value;

/// A path into `input` or `data`, the root first: `["input", "resources", 0, "encrypted"]`.
pub type Route = Vec<Value>;

/// What one answer rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The member of a set, or key of an object; `None` for a rule with one value.
    pub member: Option<Value>,
    /// What was read on the way to it, in the order of reading; also what was looked for and is not there.
    pub reads: Vec<Route>,
}

/// A place where evaluation could not go on, because a value is not known.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    /// The value that is not known.
    pub route: Route,
    /// File of the expression; empty for a query.
    pub path: String,
    /// Line of the expression, from 1; 0 where no expression is known.
    pub line: usize,
    /// Column of the expression, from 1.
    pub column: usize,
    /// What is left to decide: the expressions from there to the end of the body.
    pub residual: Vec<String>,
    /// What is known of the variables in the first of them.
    pub values: Vec<(String, Value)>,
}

impl Unknown {
    /// A value that something hangs on, where no expression is known that asks for it.
    pub(crate) fn at(route: &Route) -> Self {
        let (path, residual, values) = (String::new(), Vec::new(), Vec::new());
        Self { route: route.clone(), path, line: 0, column: 0, residual, values }
    }
}

/// What is known about the places of values.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// The route of each container.
    routes: HashMap<usize, Arc<Route>>,
    /// Keys with unknown values, by container.
    unknown: HashMap<usize, HashSet<Value>>,
    /// Containers with something unknown inside, with its route.
    tainted: HashMap<usize, Arc<Route>>,
    /// Roots that are unknown as a whole.
    roots: HashSet<Value>,
    /// Containers that `with` made, with the key whose value it replaced there.
    made: HashMap<usize, Value>,
    /// Those containers themselves, so that no other comes to lie where they are.
    kept: Vec<Value>,
}

/// What is kept of a rule beside its value.
#[derive(Debug, Clone, Default)]
pub(crate) struct Note {
    /// The unknown value that the rule hangs on.
    pub(crate) hangs_on: Option<Arc<Route>>,
    pub(crate) reads: Vec<Read>,
    /// Reads of each member of a set, or key of an object.
    pub(crate) members: HashMap<Value, Vec<Read>>,
}

/// A key that was looked for in a container.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Read {
    container: Arc<Route>,
    key: Option<Value>,
}

impl Read {
    pub(crate) fn route(&self) -> Route {
        self.container.iter().chain(&self.key).cloned().collect()
    }
}

fn place(value: &Value) -> Option<usize> {
    match value {
        Value::Array(items) => Some(Arc::as_ptr(items).cast::<u8>() as usize),
        Value::Set(items) => Some(Arc::as_ptr(items).cast::<u8>() as usize),
        Value::Object(entries) => Some(Arc::as_ptr(entries).cast::<u8>() as usize),
        _ => None,
    }
}

fn children(value: &Value) -> Vec<(Value, &Value)> {
    match value {
        Value::Array(items) => items.iter().enumerate().map(|(at, item)| (Value::from(at), item)).collect(),
        Value::Set(items) => items.iter().map(|item| (item.clone(), item)).collect(),
        Value::Object(entries) => entries.iter().map(|(key, value)| (key.clone(), value)).collect(),
        _ => Vec::new(),
    }
}

impl Sources {
    /// Notes where the containers of these roots are, and what is unknown in them.
    pub(crate) fn new(roots: &[(&str, Option<&Value>)], unknown: &[Route]) -> Self {
        let mut sources = Sources::default();
        for (name, root) in roots {
            let mut work: Vec<(Arc<Route>, &Value)> =
                root.iter().map(|value| (Arc::new(vec![Value::from(*name)]), *value)).collect();
            while let Some((route, value)) = work.pop() {
                let Some(at) = place(value) else { continue };
                if sources.routes.contains_key(&at) {
                    continue;
                }
                for (key, inner) in children(value) {
                    if place(inner).is_some() {
                        let below = route.iter().cloned().chain([key]).collect();
                        work.push((Arc::new(below), inner));
                    }
                }
                sources.routes.insert(at, route);
            }
        }
        for route in unknown {
            let root = roots.iter().find(|(name, _)| route.first().and_then(Value::as_str) == Some(name));
            let value = root.and_then(|(_, value)| *value);
            sources.mark(route, value);
        }
        sources
    }

    fn mark(&mut self, route: &Route, root: Option<&Value>) {
        let Some((first, steps)) = route.split_first() else { return };
        let shared = Arc::new(route.clone());
        let (mut at, mut above) = (root, Vec::new());
        for (index, step) in steps.iter().enumerate() {
            let Some(container) = at else { break };
            let Some(here) = place(container) else { break };
            above.push(here);
            let next = container.lookup(step);
            if index + 1 == steps.len() || next.is_none() {
                self.unknown.entry(here).or_default().insert(step.clone());
                break;
            }
            at = next;
        }
        if above.is_empty() {
            self.roots.insert(first.clone());
        }
        for here in above {
            self.tainted.entry(here).or_insert_with(|| shared.clone());
        }
    }

    /// Returns the route of a root that is unknown as a whole.
    pub(crate) fn unknown_root(&self, name: &str) -> Option<Arc<Route>> {
        let root = Value::from(name);
        self.roots.contains(&root).then(|| Arc::new(vec![root]))
    }

    /// Notes that `with` put a value at a path, which made new containers down to there: what is unknown beside it is
    /// unknown in them, too.
    pub(crate) fn replaced(&mut self, old: Option<&Value>, new: &Value, path: &[Value]) {
        self.kept.push(new.clone());
        self.replaced_below(old, new, path);
    }

    /// Returns the route of something unknown that is inside.
    fn replaced_below(&mut self, old: Option<&Value>, new: &Value, path: &[Value]) -> Option<Arc<Route>> {
        let Some((key, rest)) = path.split_first() else { return self.unknown_in(new) };
        let old = old.filter(|old| old.as_object().is_some());
        let below = old.and_then(|old| old.lookup(key));
        let mut inside = new.lookup(key).and_then(|inner| self.replaced_below(below, inner, rest));
        let at = place(new)?;
        self.made.insert(at, key.clone());
        let was = old.and_then(place)?;
        let route = self.routes.get(&was)?.clone();
        let mut unknown = self.unknown.get(&was).cloned().unwrap_or_default();
        // Below something unknown all but the path is; it stays unknown as a whole.
        if rest.is_empty() {
            unknown.remove(key);
        }
        let beside = || children(new).into_iter().filter(|(other, _)| other != key);
        inside = inside.or_else(|| beside().find_map(|(_, inner)| self.unknown_in(inner)));
        inside = inside.or_else(|| {
            let key = unknown.iter().next()?;
            Some(Arc::new(route.iter().cloned().chain([key.clone()]).collect()))
        });
        self.routes.insert(at, route);
        if !unknown.is_empty() {
            self.unknown.insert(at, unknown);
        }
        if let Some(route) = &inside {
            self.tainted.insert(at, route.clone());
        }
        inside
    }

    /// Notes that a key is looked for in a container of input or data.
    pub(crate) fn read(&self, container: &Value, key: &Value) -> Option<Read> {
        let at = place(container)?;
        let route = self.routes.get(&at).filter(|_| self.made.get(&at) != Some(key))?;
        Some(Read { container: route.clone(), key: Some(key.clone()) })
    }

    /// Returns the route of an element that is unknown.
    pub(crate) fn unknown_at(&self, container: &Value, key: &Value) -> Option<Arc<Route>> {
        let at = place(container)?;
        if !self.unknown.get(&at)?.contains(key) {
            return None;
        }
        let route = self.routes.get(&at)?.iter().cloned().chain([key.clone()]).collect();
        Some(Arc::new(route))
    }

    /// Returns the keys of a container whose values are unknown.
    pub(crate) fn unknown_keys(&self, container: &Value) -> Vec<Value> {
        let keys = place(container).and_then(|at| self.unknown.get(&at));
        let mut keys: Vec<Value> = keys.into_iter().flatten().cloned().collect();
        keys.sort();
        keys
    }

    /// Returns where a container of input or data is.
    pub(crate) fn route(&self, container: &Value) -> Option<Arc<Route>> {
        self.routes.get(&place(container)?).cloned()
    }

    /// Returns the keys of a container whose values are unknown and that are not in it.
    pub(crate) fn unknown_beside(&self, container: &Value) -> Option<Arc<Route>> {
        let at = place(container)?;
        let missing = self.unknown.get(&at)?.iter().find(|key| container.lookup(key).is_none())?;
        let route = self.routes.get(&at)?.iter().cloned().chain([missing.clone()]).collect();
        Some(Arc::new(route))
    }

    /// Returns the route of something unknown in a value.
    pub(crate) fn unknown_in(&self, value: &Value) -> Option<Arc<Route>> {
        if self.unknown.is_empty() {
            return None;
        }
        let at = place(value)?;
        if let Some(route) = self.tainted.get(&at) {
            return Some(route.clone());
        }
        if self.routes.contains_key(&at) {
            return None;
        }
        children(value).into_iter().find_map(|(_, inner)| self.unknown_in(inner))
    }
}
