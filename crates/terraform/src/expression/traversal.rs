//! References and the steps behind them: `var.x`, `aws_x.y[0].id`, `f(x).a`.

use std::sync::Arc;

use trueline_hcl::{Expr, ExprKind, Ident};
use trueline_model::{Address, Kind, Reason, Route, Segment, Type, Unknown, Value, Via};
use trueline_text::{Location, Span};

use super::provenance::{element, through, unknown_element};
use super::{Evaluator, type_name};
use trueline_provider::convert;

/// One step behind a name.
#[derive(Clone, Debug)]
pub struct Step {
    /// What it takes.
    pub key: StepKey,
    /// Where it stands.
    pub span: Span,
}

/// What a step takes out of a value.
#[derive(Clone, Debug)]
pub enum StepKey {
    /// `.name`
    Attribute(Arc<str>),
    /// `[key]`, `.0`
    Index(Value),
}

/// The resource instance that a value is a part of, and which part.
fn instance(v: &Value) -> Option<(&Arc<Address>, &Route)> {
    let mut at = v.origin.as_ref();
    while let Some(o) = at {
        match &o.via {
            Via::Resource(address, route) => return Some((address, route)),
            Via::Operator | Via::Function(_) => return None,
            _ => at = o.inputs.first(),
        }
    }
    None
}

/// True if a value comes from `terraform.workspace`.
fn is_workspace(v: &Value) -> bool {
    let mut todo: Vec<&Arc<trueline_model::Origin>> = v.origin.iter().collect();
    let mut left = 100;
    while let Some(o) = todo.pop() {
        left -= 1;
        if left == 0 {
            return false;
        }
        if matches!(&o.via, Via::Function(n) if &**n == "terraform") {
            return true;
        }
        todo.extend(&o.inputs);
    }
    false
}

impl Evaluator<'_> {
    /// Goes down a chain of steps with a loop and applies them to what the chain begins with.
    pub(super) fn traversal(&mut self, e: &Expr) -> Value {
        let mut chain: Vec<&Expr> = Vec::new();
        let mut base = e;
        while let ExprKind::GetAttr(inner, _) | ExprKind::Index(inner, _) | ExprKind::LegacyIndex(inner, _) =
            &base.kind
        {
            chain.push(base);
            base = inner;
        }
        chain.reverse();
        let mut steps = Vec::with_capacity(chain.len());
        for link in &chain {
            let step = match &link.kind {
                ExprKind::GetAttr(_, n) => Step { key: StepKey::Attribute(n.text.clone()), span: n.span },
                ExprKind::Index(_, key) => Step { key: StepKey::Index(self.eval(key)), span: link.span },
                ExprKind::LegacyIndex(_, n) => match self.legacy_key(n) {
                    Ok(step) => step,
                    Err(v) => return v,
                },
                _ => continue,
            };
            steps.push(step);
        }
        let ends: Vec<u32> = chain.iter().map(|l| l.span.end).collect();
        let file = self.file;
        let start = e.span.start.min(base.span.start);
        let place = |n: usize| {
            let end = n.checked_sub(1).and_then(|i| ends.get(i)).copied().unwrap_or(base.span.end);
            Location { file, span: Span::new(start, end) }
        };
        let (mut value, used) = match &base.kind {
            ExprKind::Variable(root) => match self.root(root, &steps, &place) {
                Ok(found) => found,
                Err(v) => return v,
            },
            _ => (self.eval(base), 0),
        };
        for (n, step) in steps.iter().enumerate().skip(used) {
            value = self.step(&value, step, place(n + 1).span);
        }
        value
    }

    fn root(
        &mut self,
        root: &Arc<str>,
        steps: &[Step],
        place: &dyn Fn(usize) -> Location,
    ) -> Result<(Value, usize), Value> {
        if let Some((name, v)) = self.locals.iter().rev().find(|(n, _)| n == root) {
            return Ok((through(v, place(0), Via::Iterator(name.clone())), 0));
        }
        match self.scope.resolve(root, steps, place) {
            Ok(found) => {
                let doubts = |this: &Self| this.scope.doubts(root, steps, &found.value);
                self.doubts = self.doubts || (!found.value.is_wholly_known() && doubts(self));
                Ok((found.value, found.used))
            }
            Err(e) => {
                let failed = self.fail(place(steps.len().min(2)).span, e.message, e.help);
                if let Some(last) = self.errors.last_mut() {
                    last.module = e.module;
                }
                Err(failed)
            }
        }
    }

    pub(super) fn legacy_key(&mut self, n: &Ident) -> Result<Step, Value> {
        match n.text.parse::<trueline_model::Number>() {
            Ok(i) => Ok(Step { key: StepKey::Index(Value::number(i)), span: n.span }),
            Err(_) => Err(self.fail(n.span, format!("`{}` is no index", n.text), None)),
        }
    }

    /// One step into a value; `span` covers everything from the root to this step.
    pub(super) fn step(&mut self, v: &Value, step: &Step, span: Span) -> Value {
        match &step.key {
            StepKey::Attribute(name) => self.attribute(v, name, step.span, span),
            StepKey::Index(key) => self.index(v, key, step.span, span),
        }
    }

    /// Why a part may have more in it than is written, if nobody here knows the schema of its resource.
    fn open(&self, v: &Value) -> Option<Reason> {
        instance(v).and_then(|(address, route)| self.scope.open(address, route))
    }

    fn attribute(&mut self, v: &Value, name: &Arc<str>, at: Span, span: Span) -> Value {
        let segment = Segment::Name(name.clone());
        match &v.kind {
            Kind::Object(entries) => match entries.get(name) {
                Some(child) => element(v, child, &segment, self.at(span)),
                None if let Some(reason) = self.open(v) => unknown_element(
                    v,
                    &Unknown::new(Type::Any, reason),
                    Type::Any,
                    Some(&segment),
                    self.at(span),
                ),
                None => {
                    let message = format!("this object has no attribute `{name}`");
                    self.fail(at, message, nearest(name, entries.keys()))
                }
            },
            Kind::Map(_, entries) => match entries.get(name) {
                Some(child) => element(v, child, &segment, self.at(span)),
                None => {
                    let message = format!("this map has no element with the key \"{name}\"");
                    self.fail(at, message, nearest(name, entries.keys()))
                }
            },
            Kind::Null(_) => self.fail(at, format!("this is null here, it has no attribute `{name}`"), None),
            Kind::Unknown(u) => match attribute_type(u, name) {
                Some(ty) => unknown_element(v, u, ty, Some(&segment), self.at(span)),
                None => self.fail(at, format!("a {} has no attribute `{name}`", type_name(v)), None),
            },
            // A block of which there is one at the most, if only the schema were known.
            Kind::Tuple(items)
                if let [one @ Value { kind: Kind::Object(_), .. }] = items.as_slice()
                    && self.open(v).is_some() =>
            {
                let one = element(v, one, &Segment::Index(0), self.at(span));
                self.attribute(&one, name, at, span)
            }
            Kind::List(..) | Kind::Tuple(_) | Kind::Set(..) => {
                let message = format!("a {} has no attribute `{name}`", type_name(v));
                let help = format!("take one element (`[0].{name}`) or all of them (`[*].{name}`)");
                self.fail(at, message, Some(help))
            }
            _ => self.fail(at, format!("a {} has no attribute `{name}`", type_name(v)), None),
        }
    }

    fn index(&mut self, v: &Value, key: &Value, at: Span, span: Span) -> Value {
        let before = self.errors.len();
        let mut out = match &v.kind {
            Kind::Null(_) => self.fail(at, "this is null here, it has no elements", None),
            Kind::List(t, items) => match self.position(key, at) {
                Ok(Some(i)) => self.nth(v, items, i, at, span),
                Ok(None) => self.some_element(v, key, t.clone(), span),
                Err(v) => v,
            },
            Kind::Tuple(items) => match self.position(key, at) {
                Ok(Some(i)) => self.nth(v, items, i, at, span),
                Ok(None) => self.some_element(v, key, Type::Any, span),
                Err(v) => v,
            },
            Kind::Map(t, entries) => match self.name(key, at) {
                Ok(Some(name)) => self.entry(v, entries, &name, at, span),
                Ok(None) => self.some_element(v, key, t.clone(), span),
                Err(v) => v,
            },
            Kind::Object(entries) => match self.name(key, at) {
                Ok(Some(name)) => self.entry(v, entries, &name, at, span),
                Ok(None) => self.some_element(v, key, Type::Any, span),
                Err(v) => v,
            },
            Kind::Set(..) => {
                let help = "a set has no order: use `tolist()`, `one()` or a `for`";
                self.fail(at, "elements of a set can't be taken by index", Some(help.into()))
            }
            Kind::Unknown(u) => self.unknown_index(v, u, key, at, span),
            _ => self.fail(at, format!("a {} has no elements", type_name(v)), None),
        };
        if self.errors.len() > before && is_workspace(key) {
            // Nobody means the workspace `default` by that.
            let help =
                "the key is `terraform.workspace`: name the workspace that is meant with `--workspace NAME`";
            for e in self.errors.iter_mut().skip(before) {
                e.help = Some(help.to_owned());
            }
        }
        if key.sensitive && self.errors.len() > before {
            // The message would quote the key.
            self.errors.truncate(before);
            out = self.fail(at, "there is no such element; the key is sensitive", None);
        }
        // As in Terraform, the name of an attribute of an object is no secret.
        let object = match &v.kind {
            Kind::Unknown(u) => matches!(u.ty, Type::Object(_)),
            kind => matches!(kind, Kind::Object(_)),
        };
        if !object {
            out.sensitive |= key.sensitive;
            out.ephemeral |= key.ephemeral;
        }
        out
    }

    fn unknown_index(&mut self, v: &Value, u: &Unknown, key: &Value, at: Span, span: Span) -> Value {
        let place = self.at(span);
        match &u.ty {
            Type::Any => unknown_element(v, u, Type::Any, segment(key).as_ref(), place),
            Type::List(t) => match self.position(key, at) {
                Ok(Some(i)) if u.length.1.is_some_and(|most| i >= most) => self.out_of_range(i, at),
                Ok(_) => unknown_element(v, u, (**t).clone(), segment(key).as_ref(), place),
                Err(v) => v,
            },
            Type::Tuple(types) => match self.position(key, at) {
                Ok(Some(i)) => match types.get(i) {
                    Some(t) => unknown_element(v, u, t.clone(), segment(key).as_ref(), place),
                    None => self.out_of_range(i, at),
                },
                Ok(None) => unknown_element(v, u, Type::Any, None, place),
                Err(v) => v,
            },
            Type::Map(t) => match self.name(key, at) {
                Ok(name) => unknown_element(v, u, (**t).clone(), name.map(Segment::Name).as_ref(), place),
                Err(v) => v,
            },
            Type::Object(types) => match self.name(key, at) {
                Ok(Some(name)) => match types.get(&name) {
                    Some(t) => unknown_element(v, u, t.ty.clone(), Some(&Segment::Name(name)), place),
                    None => self.fail(
                        at,
                        format!("this object has no attribute `{name}`"),
                        nearest(&name, types.keys()),
                    ),
                },
                Ok(None) => unknown_element(v, u, Type::Any, None, place),
                Err(v) => v,
            },
            Type::Set(_) => self.fail(at, "elements of a set can't be taken by index", None),
            _ => self.fail(at, format!("a {} has no elements", type_name(v)), None),
        }
    }

    /// The position that a key means; none while it is unknown.
    fn position(&mut self, key: &Value, at: Span) -> Result<Option<usize>, Value> {
        let help = || Some("give a whole number from 0".to_owned());
        match convert::convert(key, &Type::Number) {
            Ok(k) => match &k.kind {
                Kind::Number(n) => match n.as_i64().and_then(|i| usize::try_from(i).ok()) {
                    Some(i) => Ok(Some(i)),
                    None => Err(self.fail(at, format!("there is no element {n}"), help())),
                },
                Kind::Unknown(_) => Ok(None),
                _ => Err(self.fail(at, "the index is null", help())),
            },
            Err(e) => Err(self.fail(at, format!("this is no index of a list: {e}"), help())),
        }
    }

    /// The name that a key means; none while it is unknown.
    fn name(&mut self, key: &Value, at: Span) -> Result<Option<Arc<str>>, Value> {
        match convert::convert(key, &Type::String) {
            Ok(k) => match &k.kind {
                Kind::String(s) => Ok(Some(s.clone())),
                Kind::Unknown(_) => Ok(None),
                _ => Err(self.fail(at, "the key is null", None)),
            },
            Err(e) => Err(self.fail(at, format!("this is no key: {e}"), None)),
        }
    }

    fn nth(&mut self, v: &Value, items: &[Value], i: usize, at: Span, span: Span) -> Value {
        match items.get(i) {
            Some(child) => {
                let step = Segment::Index(u32::try_from(i).unwrap_or(u32::MAX));
                element(v, child, &step, self.at(span))
            }
            None => {
                let message = match items.len() {
                    0 => format!("there is no element {i}: the list is empty"),
                    n => format!("there is no element {i}: the last one is {}", n - 1),
                };
                self.fail(at, message, None)
            }
        }
    }

    fn out_of_range(&mut self, i: usize, at: Span) -> Value {
        self.fail(at, format!("there is no element {i}"), None)
    }

    fn entry(
        &mut self,
        v: &Value,
        entries: &std::collections::BTreeMap<Arc<str>, Value>,
        name: &Arc<str>,
        at: Span,
        span: Span,
    ) -> Value {
        match entries.get(name) {
            Some(child) => element(v, child, &Segment::Name(name.clone()), self.at(span)),
            None if let Kind::Object(_) = &v.kind
                && let Some(reason) = self.open(v) =>
            {
                let u = Unknown::new(Type::Any, reason);
                unknown_element(v, &u, Type::Any, Some(&Segment::Name(name.clone())), self.at(span))
            }
            None => {
                let message = format!("there is no element with the key \"{name}\"");
                self.fail(at, message, nearest(name, entries.keys()))
            }
        }
    }

    /// An element of a known collection by an unknown key.
    fn some_element(&mut self, v: &Value, key: &Value, ty: Type, span: Span) -> Value {
        self.made(Kind::Unknown(Arc::new(super::unknown_from(ty, key))), span, &[v, key])
    }
}

/// The type of an attribute of an unknown value; none if it can't have one.
fn attribute_type(u: &Unknown, name: &str) -> Option<Type> {
    match &u.ty {
        Type::Any => Some(Type::Any),
        Type::Map(t) => Some((**t).clone()),
        Type::Object(types) => types.get(name).map(|t| t.ty.clone()),
        _ => None,
    }
}

/// The step of a route that a known key is.
fn segment(key: &Value) -> Option<Segment> {
    match &key.kind {
        Kind::String(s) => Some(Segment::Name(s.clone())),
        Kind::Number(n) => n.as_i64().and_then(|i| u32::try_from(i).ok()).map(Segment::Index),
        _ => None,
    }
}

/// A hint at the nearest of the names that there are.
pub(crate) fn nearest<'n>(name: &str, there: impl Iterator<Item = &'n Arc<str>>) -> Option<String> {
    let best = there.map(|n| (distance(name, n), n)).min()?;
    (best.0 <= name.len().div_ceil(3)).then(|| format!("did you mean `{}`?", best.1))
}

/// Edits between two names, counted up to what a hint needs.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().take(64).enumerate() {
        let mut previous = i;
        let mut left = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let above = row.get(j + 1).copied().unwrap_or(usize::MAX - 1);
            let cost = (previous + usize::from(ca != *cb)).min(left + 1).min(above + 1);
            if let Some(slot) = row.get_mut(j) {
                *slot = left;
            }
            previous = above;
            left = cost;
        }
        if let Some(slot) = row.last_mut() {
            *slot = left;
        }
    }
    row.last().copied().unwrap_or_default()
}
