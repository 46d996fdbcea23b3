//! References: as far as they are known they are followed, the rest is written down.

use crate::Value;
use crate::compile::Program;
use crate::compile::ir::{Instruction, NodeId, Op, Origin, Out, Pattern, Step};

use super::super::lookup::stored;
use super::super::machine::Run;
use super::text::reference;
use super::{Frame, Special, Term, cannot};

/// Where a reference has got to.
#[derive(Clone)]
enum At {
    Value(Value),
    /// A part of the base data: whole numbers find keys that are written so.
    Base(Value),
    Node(NodeId, Option<Value>),
    Open(String),
}

type Next<'f, 'm, 'p> = &'f mut dyn FnMut(&mut Special<'m, 'p>, &mut Frame, &mut Vec<String>) -> Run<()>;

impl<'m, 'p> Special<'m, 'p> {
    /// Follows a reference; `next` is called for each way to its end.
    pub(super) fn lookup(
        &mut self,
        instruction: &Instruction,
        frame: &mut Frame,
        left: &mut Vec<String>,
        next: Next<'_, 'm, 'p>,
    ) -> Run<()> {
        let Instruction::Lookup { origin, steps, out, .. } = instruction else { return Ok(()) };
        let at = match origin {
            Origin::Input if self.machine.is_unknown_root("input") => At::Open("input".to_string()),
            Origin::Input => match self.machine.context.input.clone() {
                Some(input) => At::Value(input),
                None => return Ok(()),
            },
            Origin::Data if self.machine.is_unknown_root("data") => return Err(cannot("all of `data`")),
            Origin::Data => At::Node(Program::ROOT, Some(self.machine.context.data.clone())),
            Origin::Op(op) => match self.term(op, frame) {
                Term::Value(value) => At::Value(value),
                Term::Open(text) => At::Open(text),
            },
        };
        self.steps(at, steps, out, frame, left, next)
    }

    fn steps(
        &mut self,
        at: At,
        steps: &[Step],
        out: &Out,
        frame: &mut Frame,
        left: &mut Vec<String>,
        next: Next<'_, 'm, 'p>,
    ) -> Run<()> {
        self.machine.tick()?;
        let Some((step, rest)) = steps.split_first() else { return self.end(at, out, frame, left, next) };
        let at = match at {
            At::Open(text) => return self.write_rest(text, steps, out, frame, left, next),
            at => at,
        };
        match step {
            Step::At(op) => match self.step(at, op, frame)? {
                Some(at) => self.steps(at, rest, out, frame, left, next),
                None => Ok(()),
            },
            Step::Each(pattern) => {
                let ways = self.elements(at)?;
                self.parted |= self.many && ways.len() > 1;
                for (key, at) in ways {
                    let (length, mut frame) = (left.len(), frame.clone());
                    if self.unify(pattern, &Term::Value(key), &mut frame, left)? {
                        self.steps(at, rest, out, &mut frame, left, next)?;
                    }
                    left.truncate(length);
                }
                Ok(())
            }
        }
    }

    fn end(
        &mut self,
        at: At,
        out: &Out,
        frame: &mut Frame,
        left: &mut Vec<String>,
        next: Next<'_, 'm, 'p>,
    ) -> Run<()> {
        let value = match at {
            At::Open(text) => {
                self.accept_text(out, text, frame, left)?;
                return next(self, frame, left);
            }
            At::Node(node, base) => {
                let before = self.machine.cuts();
                let value = self.machine.extent(node, base.as_ref())?;
                if self.machine.cuts() > before {
                    self.machine.restore_cuts(before);
                    return Err(cannot("a package as a whole"));
                }
                value
            }
            At::Value(value) | At::Base(value) => value,
        };
        let holds = match out {
            Out::True => value.is_truthy(),
            Out::Match(pattern) => self.unify(pattern, &Term::Value(value), frame, left)?,
        };
        if holds { next(self, frame, left) } else { Ok(()) }
    }

    /// Takes a step to an element; nothing if there is none.
    fn step(&mut self, at: At, op: &Op, frame: &Frame) -> Run<Option<At>> {
        let key = match self.term(op, frame) {
            Term::Value(key) if self.machine.unknown_in(&key).is_none() => key,
            key => {
                let (At::Value(container) | At::Base(container)) = at else {
                    return Err(cannot("a package by a key that is not known"));
                };
                let container = self.container(&container);
                return Ok(Some(At::Open(format!("{container}[{}]", self.text(&key)))));
            }
        };
        let unknown = |special: &Self, container: &Value| {
            let route = special.machine.unknown_route(container, &key)?;
            Some(At::Open(reference(&route)))
        };
        Ok(match at {
            At::Open(text) => Some(At::Open(format!("{text}[{key}]"))),
            At::Value(value) => unknown(self, &value).or_else(|| value.lookup(&key).cloned().map(At::Value)),
            At::Base(value) => {
                if !matches!(key, Value::String(_)) && self.machine.unknown_in(&value).is_some() {
                    return Err(cannot("data by a number"));
                }
                unknown(self, &value).or_else(|| stored(&value, &key).map(At::Base))
            }
            At::Node(node, base) => {
                let child = self.machine.program.child(node, &key);
                let found = child.and_then(|id| Some((id, self.machine.program.nodes.get(id)?)));
                match found {
                    Some((id, found)) if found.has_rules => self.rule(id)?,
                    _ if base
                        .as_ref()
                        .is_some_and(|base| self.machine.unknown_route(base, &key).is_some()) =>
                    {
                        if found.is_some() {
                            return Err(cannot("data with rules in it"));
                        }
                        base.as_ref().and_then(|base| unknown(self, base))
                    }
                    Some((id, _)) => Some(At::Node(id, base.as_ref().and_then(|base| stored(base, &key)))),
                    None => base.as_ref().and_then(|base| stored(base, &key)).map(At::Base),
                }
            }
        })
    }

    /// Returns where a rule leads: its value, or what it is called where it is written down.
    fn rule(&mut self, id: NodeId) -> Run<Option<At>> {
        if self.machine.program.nodes.get(id).is_some_and(|node| node.arity.is_some()) {
            return Ok(None);
        }
        let before = self.machine.cuts();
        let value = self.machine.document(id)?;
        self.machine.restore_cuts(before);
        if self.machine.note(id).hangs_on.is_none() {
            return Ok(value.map(At::Value));
        }
        Ok(Some(At::Open(self.document(id)?)))
    }

    /// Returns the elements of a container, with those that may be there.
    fn elements(&mut self, at: At) -> Run<Vec<(Value, At)>> {
        let (value, base) = match at {
            At::Value(value) => (value, false),
            At::Base(value) => (value, true),
            At::Node(node, base) => return self.below(node, base),
            At::Open(_) => return Err(cannot("this")),
        };
        let unknown = self.machine.unknown_keys(&value);
        let mut keys: Vec<Value> = match &value {
            Value::Array(items) => (0..items.len()).map(Value::from).collect(),
            Value::Set(items) => items.iter().cloned().collect(),
            Value::Object(entries) => entries.keys().cloned().collect(),
            _ => Vec::new(),
        };
        keys.extend(unknown.iter().cloned());
        keys.sort();
        keys.dedup();
        let element = |key: Value| {
            let at = match self.machine.unknown_route(&value, &key) {
                Some(route) => At::Open(reference(&route)),
                None => match (value.lookup(&key).cloned()?, base) {
                    (inner, true) => At::Base(inner),
                    (inner, false) => At::Value(inner),
                },
            };
            Some((key, at))
        };
        Ok(keys.into_iter().filter_map(element).collect())
    }

    /// Returns the documents of a package.
    fn below(&mut self, node: NodeId, base: Option<Value>) -> Run<Vec<(Value, At)>> {
        let mut keys = self.machine.keys(node, base.as_ref());
        keys.reverse();
        if base.as_ref().is_some_and(|base| self.machine.unknown_in(base).is_some()) {
            return Err(cannot("going through a package with unknown data"));
        }
        let mut found = Vec::with_capacity(keys.len());
        for key in keys {
            let op = Op::Const(key.clone());
            if let Some(at) = self.step(At::Node(node, base.clone()), &op, &Vec::new())? {
                found.push((key, at));
            }
        }
        Ok(found)
    }

    /// Writes a container that a key follows.
    fn container(&mut self, value: &Value) -> String {
        self.text(&Term::Value(value.clone()))
    }

    /// Writes down the rest of a reference.
    fn write_rest(
        &mut self,
        mut text: String,
        steps: &[Step],
        out: &Out,
        frame: &mut Frame,
        left: &mut Vec<String>,
        next: Next<'_, 'm, 'p>,
    ) -> Run<()> {
        for step in steps {
            let key = match step {
                Step::At(op) => self.text(&self.term(op, frame)),
                Step::Each(pattern) => {
                    self.many |= !matches!(pattern, Pattern::Is(_));
                    self.pattern(pattern, frame)
                }
            };
            text.push_str(&format!("[{key}]"));
        }
        self.accept_text(out, text, frame, left)?;
        next(self, frame, left)
    }
}
