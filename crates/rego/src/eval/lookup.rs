//! References: steps down into values and documents.

use crate::Value;
use crate::compile::ir::{NodeId, Origin, Out, Step};
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
        let cursor = match origin {
            Origin::Input => match &self.context.input {
                Some(input) => Cursor::Value(input.clone()),
                None => return Ok(false),
            },
            Origin::Data if self.context.hides(&[]) => Cursor::Base(self.context.data.clone()),
            Origin::Data => Cursor::Node(crate::compile::Program::ROOT, Some(self.context.data.clone())),
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
                        Cursor::Value(_) | Cursor::Base(_) => return Ok(false),
                        Cursor::Node(node, base) => {
                            let keys = self.keys(node, base.as_ref());
                            Left::Node { keys, node, base }
                        }
                    };
                    self.choose(at, step, left);
                    return Ok(false);
                }
            }
        }
        let value = match cursor {
            Cursor::Value(value) | Cursor::Base(value) => value,
            Cursor::Node(node, base) => self.extent(node, base.as_ref())?,
        };
        self.accept(out, &value, frame)
    }

    /// Takes one step down.
    pub(super) fn descend(&mut self, cursor: Cursor, key: &Value) -> Run<Option<Cursor>> {
        let (node, base) = match cursor {
            Cursor::Value(value) => return Ok(value.lookup(key).cloned().map(Cursor::Value)),
            Cursor::Base(value) => return Ok(stored(&value, key).map(Cursor::Base)),
            Cursor::Node(node, base) => (node, base),
        };
        let below = base.as_ref().and_then(|base| stored(base, key));
        let child = self.program.child(node, key).and_then(|id| Some((id, self.program.nodes.get(id)?)));
        match child {
            Some((_, child)) if self.context.hides(&child.path) => Ok(below.map(Cursor::Base)),
            Some((id, child)) if child.has_rules => Ok(self.document(id)?.map(Cursor::Value)),
            Some((id, _)) => Ok(Some(Cursor::Node(id, below))),
            None => Ok(below.map(Cursor::Base)),
        }
    }

    /// Returns the keys below a node, last first.
    fn keys(&self, node: NodeId, base: Option<&Value>) -> Vec<Value> {
        let mut keys: Vec<Value> = Vec::new();
        if let Some(node) = self.program.nodes.get(node) {
            keys.extend(node.children.keys().cloned());
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
fn stored(value: &Value, key: &Value) -> Option<Value> {
    let written = || Some(Value::from(key.as_i64()?.to_string()));
    let found = value.lookup(key).or_else(|| value.as_object()?.get(&written()?));
    found.cloned()
}
