//! Terms as text.

use crate::Value;
use crate::compile::core::Var;
use crate::compile::ir::{Op, Pattern};
use crate::compile::query::GENERATED;

use super::super::sources::Route;
use super::{Frame, Special, Term};

impl Special<'_, '_> {
    pub(super) fn fresh(&mut self) -> String {
        self.named += 1;
        match self.old {
            Some(_) => format!("{}{}", self.prefix, self.named),
            // Answers of a query leave those out.
            None => format!("{GENERATED}{}__", self.named),
        }
    }

    pub(super) fn slot(&self, frame: &Frame, var: Var) -> Term {
        frame.get(var as usize).cloned().unwrap_or(Term::Value(Value::Null))
    }

    /// Returns what an operand is.
    pub(super) fn term(&self, op: &Op, frame: &Frame) -> Term {
        let known = |term: Term| match term {
            Term::Value(value) => Some(value),
            Term::Open(_) => None,
        };
        let terms = |ops: &[Op]| ops.iter().map(|op| self.term(op, frame)).collect::<Vec<Term>>();
        let values = |terms: &[Term]| terms.iter().cloned().map(known).collect::<Option<Vec<Value>>>();
        let texts = |terms: &[Term]| terms.iter().map(|term| self.text(term)).collect::<Vec<_>>().join(", ");
        match op {
            Op::Const(value) => Term::Value(value.clone()),
            Op::Slot(var) => self.slot(frame, *var),
            Op::Array(items) => {
                let items = terms(items);
                match values(&items) {
                    Some(values) => Term::Value(Value::array(values)),
                    None => Term::Open(format!("[{}]", texts(&items))),
                }
            }
            Op::Set(items) => {
                let items = terms(items);
                match values(&items) {
                    Some(values) => Term::Value(Value::set(values)),
                    None => Term::Open(format!("{{{}}}", texts(&items))),
                }
            }
            Op::Object(entries) => {
                let (mut all, mut shown) = (Some(Vec::new()), Vec::new());
                for (key, value) in entries {
                    let (key, value) = (self.term(key, frame), self.term(value, frame));
                    shown.push(format!("{}: {}", self.text(&key), self.text(&value)));
                    all = all.zip(known(key).zip(known(value))).map(|(mut all, entry)| {
                        all.push(entry);
                        all
                    });
                }
                match all {
                    Some(entries) => Term::Value(Value::object(entries)),
                    None => Term::Open(format!("{{{}}}", shown.join(", "))),
                }
            }
        }
    }

    pub(super) fn text(&self, term: &Term) -> String {
        match term {
            Term::Value(value) => self.value_text(value),
            Term::Open(text) => text.clone(),
        }
    }

    /// Writes a value; where something in it is unknown, as the place that it comes from.
    fn value_text(&self, value: &Value) -> String {
        if self.machine.unknown_in(value).is_none() {
            return value.to_string();
        }
        if let Some(route) = self.machine.route_of(value) {
            return reference(&route);
        }
        let list = |values: &mut dyn Iterator<Item = &Value>| {
            values.map(|value| self.value_text(value)).collect::<Vec<_>>().join(", ")
        };
        match value {
            Value::Array(items) => format!("[{}]", list(&mut items.iter())),
            Value::Set(items) => format!("{{{}}}", list(&mut items.iter())),
            Value::Object(entries) => {
                let entry = |(key, value): &(Value, Value)| {
                    format!("{}: {}", self.value_text(key), self.value_text(value))
                };
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
            other => other.to_string(),
        }
    }

    pub(super) fn texts(&self, ops: &[Op], frame: &Frame) -> Vec<String> {
        ops.iter().map(|op| self.text(&self.term(op, frame))).collect()
    }

    /// Writes a pattern; its variables get names.
    pub(super) fn pattern(&mut self, pattern: &Pattern, frame: &mut Frame) -> String {
        match pattern {
            Pattern::Any => "_".to_string(),
            Pattern::Bind(var) => {
                let name = self.fresh();
                if let Some(slot) = frame.get_mut(*var as usize) {
                    *slot = Term::Open(name.clone());
                }
                name
            }
            Pattern::Is(op) => self.text(&self.term(op, frame)),
            Pattern::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| self.pattern(item, frame)).collect();
                format!("[{}]", items.join(", "))
            }
            Pattern::Object(entries) => {
                let mut shown = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    let key = self.text(&self.term(key, frame));
                    shown.push(format!("{key}: {}", self.pattern(value, frame)));
                }
                format!("{{{}}}", shown.join(", "))
            }
        }
    }
}

/// Writes a route as a reference.
pub(super) fn reference(route: &Route) -> String {
    let (root, steps) = match route.split_first() {
        Some((root, steps)) => (root.as_str().unwrap_or_default(), steps),
        None => ("input", [].as_slice()),
    };
    let steps: String = steps.iter().map(|step| format!("[{step}]")).collect();
    format!("{root}{steps}")
}
