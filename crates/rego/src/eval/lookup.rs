//! References: steps down into values and documents.

use crate::Value;
use crate::compile::ir::{NodeId, Origin, Out, Program, Step};
use crate::syntax::Span;

use super::machine::{Frame, Left, Machine, Run};

/// Where a reference has got to.
#[derive(Clone)]
pub(crate) enum Cursor {
    Value(Value),
    /// A part of the base data: whole numbers find keys that are written so.
    Base(Value),
    /// A part of `data` that has packages below it, with the data there.
    Node(NodeId, Option<Value>),
    /// The value of a rule, where it is noted what it rests on.
    Rule(NodeId, Value),
}

impl Machine<'_> {
    pub(super) fn lookup(
        &mut self,
        origin: &Origin,
        steps: &[Step],
        out: &Out,
        at: usize,
        span: Span,
        frame: &mut Frame,
    ) -> Run<bool> {
        let root = match origin {
            Origin::Input => self.root_is_cut("input"),
            Origin::Data => self.root_is_cut("data"),
            Origin::Op(_) => false,
        };
        if root {
            return Ok(false);
        }
        let cursor = match origin {
            Origin::Input => match &self.context.input {
                Some(input) => Cursor::Value(input.clone()),
                None => return Ok(false),
            },
            Origin::Data if self.context.hides(&[]) => Cursor::Base(self.context.data.clone()),
            Origin::Data => Cursor::Node(Program::ROOT, Some(self.context.data.clone())),
            Origin::Op(op) => Cursor::Value(self.value(op, frame)?),
        };
        self.walk(steps, out, 0, cursor, at, span, frame)
    }

    /// Goes on from a step; pushes a choice where there are several ways.
    #[allow(clippy::too_many_arguments)] // the state of a lookup that can stop and go on
    pub(super) fn walk(
        &mut self,
        steps: &[Step],
        out: &Out,
        from: usize,
        mut cursor: Cursor,
        at: usize,
        span: Span,
        frame: &mut Frame,
    ) -> Run<bool> {
        for (step, kind) in steps.iter().enumerate().skip(from) {
            match kind {
                Step::At(op) => {
                    if self.observed.is_some() {
                        let key = self.value(op, frame)?;
                        if self.step_is_cut(&cursor, &key) {
                            return Ok(false);
                        }
                    }
                    let next = match (&cursor, op) {
                        // The usual case, without a clone of the key.
                        (Cursor::Value(value), crate::compile::ir::Op::Const(key)) => {
                            value.lookup(key).cloned().map(Cursor::Value)
                        }
                        _ => {
                            let key = self.value(op, frame)?;
                            self.descend(cursor, &key).map_err(|error| self.located(error, span))?
                        }
                    };
                    match next {
                        Some(next) => cursor = next,
                        None => return Ok(false),
                    }
                }
                Step::Each(_) => {
                    let rule = match &cursor {
                        Cursor::Rule(node, _) => Some(*node),
                        _ => None,
                    };
                    if self.observed.is_some() {
                        self.elements_are_cut(&cursor);
                    }
                    if let Cursor::Rule(_, value) = cursor {
                        cursor = Cursor::Value(value);
                    }
                    let left = match cursor {
                        Cursor::Value(Value::Array(items)) | Cursor::Base(Value::Array(items)) => {
                            Left::Array(items, 0)
                        }
                        Cursor::Value(Value::Set(items)) | Cursor::Base(Value::Set(items)) => {
                            Left::Set(items, 0)
                        }
                        Cursor::Value(Value::Object(entries)) | Cursor::Base(Value::Object(entries)) => {
                            Left::Object(entries, 0)
                        }
                        Cursor::Value(_) | Cursor::Base(_) | Cursor::Rule(..) => return Ok(false),
                        Cursor::Node(node, base) => {
                            let keys = self.keys(node, base.as_ref());
                            Left::Node { keys, node, base }
                        }
                    };
                    self.choose_in(rule, at, step, left);
                    return Ok(false);
                }
            }
        }
        let value = match cursor {
            Cursor::Value(value) | Cursor::Base(value) => value,
            Cursor::Node(node, base) => {
                let before = self.cuts();
                let value = self.extent(node, base.as_ref())?;
                if self.cuts() > before {
                    return Ok(false);
                }
                value
            }
            Cursor::Rule(node, value) => {
                let note = self.note(node);
                let single = self.is_single(node);
                if !self.use_note(&note, single) {
                    return Ok(false);
                }
                value
            }
        };
        self.accept(out, &value, frame)
    }

    /// Takes one step down.
    pub(super) fn descend(&mut self, cursor: Cursor, key: &Value) -> Run<Option<Cursor>> {
        let (node, base) = match cursor {
            Cursor::Value(value) => return Ok(value.lookup(key).cloned().map(Cursor::Value)),
            Cursor::Rule(node, value) => {
                self.use_member(node, key);
                return Ok(value.lookup(key).cloned().map(Cursor::Value));
            }
            Cursor::Base(value) => return Ok(stored(&value, key).map(Cursor::Base)),
            Cursor::Node(node, base) => (node, base),
        };
        let below = base.as_ref().and_then(|base| stored(base, key));
        let child = self.program.child(node, key).and_then(|id| Some((id, self.program.nodes.get(id)?)));
        match child {
            Some((_, child)) if self.context.hides(&child.path) => Ok(below.map(Cursor::Base)),
            Some((id, child)) if child.has_rules => {
                let value = self.document(id)?;
                if !self.traces_back() {
                    return Ok(value.map(Cursor::Value));
                }
                if value.is_none() {
                    let note = self.note(id);
                    self.use_note(&note, false);
                }
                Ok(value.map(|value| Cursor::Rule(id, value)))
            }
            Some((id, _)) => Ok(Some(Cursor::Node(id, below))),
            None => Ok(below.map(Cursor::Base)),
        }
    }

    /// Tells whether a rule has one value, known as soon as there is one.
    fn is_single(&self, node: NodeId) -> bool {
        let definitions = self.program.nodes.get(node).map(|node| node.definitions.as_slice());
        definitions.unwrap_or_default().iter().all(|each| each.steps.is_empty() && !each.member)
    }

    /// Notes a step down; true if what is there is unknown.
    fn step_is_cut(&mut self, cursor: &Cursor, key: &Value) -> bool {
        match cursor {
            Cursor::Value(value) | Cursor::Base(value) | Cursor::Node(_, Some(value)) => {
                self.read_is_cut(value, key)
            }
            Cursor::Node(_, None) => false,
            Cursor::Rule(node, value) => {
                if value.lookup(key).is_some() || self.is_single(*node) {
                    return self.read_is_cut(value, key);
                }
                // A set or object that was cut may have the key all the same.
                let note = self.note(*node);
                !self.use_note(&note, false)
            }
        }
    }

    /// Notes that there may be more elements than are known.
    fn elements_are_cut(&mut self, cursor: &Cursor) {
        match cursor {
            Cursor::Value(value) | Cursor::Base(value) | Cursor::Node(_, Some(value)) => {
                self.missing_elements(value);
            }
            Cursor::Node(_, None) => {}
            Cursor::Rule(node, value) => {
                self.missing_elements(value);
                if !self.is_single(*node) {
                    let note = self.note(*node);
                    self.use_note(&crate::eval::Note { reads: Vec::new(), ..note }, false);
                }
            }
        }
    }

    /// Returns the keys below a node, last first.
    pub(super) fn keys(&self, node: NodeId, base: Option<&Value>) -> Vec<Value> {
        let mut keys: Vec<Value> = Vec::new();
        if let Some(found) = self.program.nodes.get(node) {
            // Builtins of the caller hang below null of the root, where nobody looks.
            let native = |key: &&Value| node == Program::ROOT && matches!(key, Value::Null);
            keys.extend(found.children.keys().filter(|key| !native(key)).cloned());
        }
        if let Some(object) = base.and_then(Value::as_object) {
            keys.extend(object.keys().cloned());
        }
        keys.sort();
        keys.dedup();
        keys.reverse();
        keys
    }
}

/// Looks a key up in base data, whose keys are strings.
pub(super) fn stored(value: &Value, key: &Value) -> Option<Value> {
    let written = || Some(Value::from(key.as_i64()?.to_string()));
    let found = value.lookup(key).or_else(|| value.as_object()?.get(&written()?));
    found.cloned()
}
