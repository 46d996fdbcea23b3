//! A real plan matched to the source it was made of.
//!
//! What enters: a real plan, and the files of its root module. What leaves: the same plan, in which every resource
//! knows where it is declared and every value the way it came there: through modules, `count`, `for_each`, `dynamic`.
//!
//! The source is evaluated with what the plan tells of its circumstances ([`Facts`]: values of variables, answers of data
//! sources), so that its instances are those of the plan; then the origins are laid on the plan's values, place
//! by place. Values stay those of the plan, which is right where the two differ.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;
use trueline_model::{Kind, Note, NoteKind, Plan, Reason, Resource, Value};
use trueline_text::Files;

use crate::inputs::{Facts, Inputs};
use crate::parsed::Parsed;
use crate::plan::plan;

/// Sets of more elements than this are matched by position.
const MANY: usize = 256;

/// The plan with the places of its values in the source at `root`.
pub fn with_source(files: &dyn Files, parsed: &Parsed, root: &str, inputs: &Inputs, real: Plan) -> Plan {
    let inputs = Inputs { facts: facts(&real.json), json: false, ..inputs.clone() };
    let source = plan(files, parsed, root, &inputs);
    let written = Written::of(&source);
    let matched = |resources: Vec<Resource>| -> Vec<Resource> {
        resources.into_iter().map(|r| written.laid_on(r)).collect()
    };
    let (resources, data) = (matched(real.resources), matched(real.data));
    let mut notes = real.notes;
    // The plan is whole without its source: only places are missing.
    notes.extend(source.notes.into_iter().map(|n| Note { kind: n.kind.max(NoteKind::Warning), ..n }));
    let lost: Vec<String> = resources
        .iter()
        .filter(|r| r.declared.is_none())
        .map(|r| format!("`{}`", r.address.without_keys()))
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    if !lost.is_empty() {
        notes.push(Note {
            kind: NoteKind::Warning,
            message: format!("`{root}` does not declare {}, which the plan holds", lost.join(", ")),
            help: Some("give the directory that the plan was made of, as it was then".into()),
            at: None,
        });
    }
    Plan {
        resources,
        data,
        notes,
        breaches: source.breaches,
        directories: source.directories,
        callers: source.callers,
        ..real
    }
}

/// What a plan tells of the circumstances in which it was made.
fn facts(json: &Json) -> Facts {
    let mut out = Facts::default();
    for (name, v) in json.get("variables").and_then(Json::as_object).into_iter().flatten() {
        if let Some(value) = v.get("value") {
            out.variables.insert(name.clone(), value.clone());
        }
    }
    let mut modules: Vec<&Json> = json.pointer("/prior_state/values/root_module").into_iter().collect();
    while let Some(m) = modules.pop() {
        for r in m.get("resources").and_then(Json::as_array).into_iter().flatten() {
            let text = |name: &str| r.get(name).and_then(Json::as_str);
            // Policy documents are evaluated, so that their statements keep their places.
            if text("mode") == Some("data")
                && text("type") != Some("aws_iam_policy_document")
                && let (Some(address), Some(values)) = (text("address"), r.get("values"))
            {
                out.data.insert(address.to_owned(), values.clone());
            }
        }
        modules.extend(m.get("child_modules").and_then(Json::as_array).into_iter().flatten());
    }
    out
}

/// The instances of the source, by address and by block.
struct Written<'a> {
    by_address: BTreeMap<String, &'a Resource>,
    by_block: BTreeMap<String, &'a Resource>,
}

impl<'a> Written<'a> {
    fn of(source: &'a Plan) -> Self {
        let (mut by_address, mut by_block) = (BTreeMap::new(), BTreeMap::new());
        for r in source.resources.iter().chain(&source.data) {
            by_address.insert(r.address.to_string(), r);
            by_block.entry(r.address.without_keys().to_string()).or_insert(r);
        }
        Self { by_address, by_block }
    }

    fn laid_on(&self, mut real: Resource) -> Resource {
        let exact = self.by_address.get(&real.address.to_string());
        let Some(source) = exact.or_else(|| self.by_block.get(&real.address.without_keys().to_string()))
        else {
            return real;
        };
        real.declared.clone_from(&source.declared);
        if exact.is_some() && !source.links.is_empty() {
            real.links.clone_from(&source.links);
        }
        let lay = Lay { exact: exact.is_some() };
        real.values = lay.on(real.values, &source.values);
        real
    }
}

/// How origins are laid.
#[derive(Clone, Copy)]
struct Lay {
    /// The source's instance is the plan's; otherwise it is another of the same block, and only values that are the
    /// same are known to come from the same place.
    exact: bool,
}

impl Lay {
    /// The value with the origins of `source`, at any depth.
    fn on(self, mut real: Value, source: &Value) -> Value {
        let same = self.exact || source.is_unknown() || !is_scalar(&real) || plain(&real) == plain(source);
        if same && real.origin.is_none() {
            real.origin.clone_from(&source.origin);
        }
        if let Kind::Unknown(u) = &mut real.kind
            && u.reason == Reason::Plan
        {
            // Blocks that the source does not write: a plan does not tell them from those that a `dynamic` makes.
            let unwritten = source.is_null() || source.as_items().is_some_and(<[Value]>::is_empty);
            let reason = if unwritten { Some(Reason::Unset) } else { source.reason().cloned() };
            if let Some(reason) = reason {
                Arc::make_mut(u).reason = reason;
            }
        }
        real.document = match (real.document.take(), &source.document) {
            (Some(d), Some(s)) => Some(Arc::new(self.on(Arc::unwrap_or_clone(d), s))),
            // A text that the plan does not know may be known in part.
            (None, Some(s)) if real.is_unknown() && (source.sensitive || !real.sensitive) => Some(s.clone()),
            (d, _) => d,
        };
        let kind = std::mem::replace(&mut real.kind, Kind::Bool(false));
        real.kind = match kind {
            Kind::Object(m) => Kind::Object(self.members(m, source)),
            Kind::Map(t, m) => Kind::Map(t, self.members(m, source)),
            Kind::List(t, i) => Kind::List(t, self.items(i, source, false)),
            Kind::Tuple(i) => Kind::Tuple(self.items(i, source, false)),
            Kind::Set(t, i) => Kind::Set(t, self.items(i, source, true)),
            other => other,
        };
        real
    }

    fn members(self, real: Arc<BTreeMap<Arc<str>, Value>>, source: &Value) -> Arc<BTreeMap<Arc<str>, Value>> {
        // One block that is an object here may be a list of one there.
        let source = match source.as_items() {
            Some([one]) => one,
            _ => source,
        };
        let Some(written) = source.as_entries() else { return real };
        let mut real = Arc::unwrap_or_clone(real);
        for (name, v) in &mut real {
            if let Some(s) = written.get(name) {
                *v = self.on(std::mem::replace(v, Value::null()), s);
            }
        }
        Arc::new(real)
    }

    fn items(self, real: Arc<Vec<Value>>, source: &Value, set: bool) -> Arc<Vec<Value>> {
        let Some(written) = source.as_items() else { return real };
        let set = set || matches!(source.kind, Kind::Set(..));
        let pairs = if set && real.len() <= MANY && written.len() <= MANY {
            alike(&real, written)
        } else {
            (0..real.len()).map(Some).collect()
        };
        let mut real = Arc::unwrap_or_clone(real);
        for (v, at) in real.iter_mut().zip(pairs) {
            if let Some(s) = at.and_then(|i| written.get(i)) {
                *v = self.on(std::mem::replace(v, Value::null()), s);
            }
        }
        Arc::new(real)
    }
}

/// For each element of a set the one of the other that has most in common with it.
fn alike(real: &[Value], written: &[Value]) -> Vec<Option<usize>> {
    let mut left: Vec<usize> = (0..written.len()).collect();
    let mut out = Vec::with_capacity(real.len());
    for v in real {
        let best = left
            .iter()
            .enumerate()
            .filter_map(|(at, i)| written.get(*i).map(|w| (common(v, w), at)))
            .max_by_key(|(score, at)| (*score, std::cmp::Reverse(*at)));
        out.push(best.map(|(_, at)| left.remove(at)));
    }
    out
}

/// How many leaves are the same, less those that differ.
fn common(a: &Value, b: &Value) -> i64 {
    if let (Some(a), Some(b)) = (a.as_entries(), b.as_entries()) {
        return a.iter().filter_map(|(k, v)| Some(common(v, b.get(k)?))).sum();
    }
    if let (Some(a), Some(b)) = (a.as_items(), b.as_items()) {
        let same: i64 = a.iter().zip(b).map(|(a, b)| common(a, b)).sum();
        return same - i64::try_from(a.len().abs_diff(b.len())).unwrap_or(i64::MAX);
    }
    match (plain(a), plain(b)) {
        (Some(a), Some(b)) => {
            if a == b {
                1
            } else {
                -1
            }
        }
        _ => 0,
    }
}

const fn is_scalar(v: &Value) -> bool {
    matches!(v.kind, Kind::Bool(_) | Kind::Number(_) | Kind::String(_))
}

/// A known scalar as text: `5` and `"5"` are alike, since attributes convert.
fn plain(v: &Value) -> Option<String> {
    match &v.kind {
        Kind::Bool(b) => Some(b.to_string()),
        Kind::Number(n) => Some(n.to_string()),
        Kind::String(s) => Some(s.to_string()),
        _ => None,
    }
}
