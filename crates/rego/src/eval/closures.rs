//! Bodies inside bodies: `every`, comprehensions, and what `with` replaces.

use std::rc::Rc;
use std::sync::Arc;

use crate::compile::core::Shape;
use crate::compile::ir::{Block, Op, Replaced};
use crate::syntax::Span;
use crate::value::SetBuilder;
use crate::{ObjectBuilder, Value};

use super::context::{Context, Key, Stand, put};
use super::machine::{Frame, Machine, Run, set};

impl Machine<'_> {
    /// Tells whether a body has no solution.
    pub(super) fn negated(&mut self, body: &Block, frame: &mut Frame) -> Run<bool> {
        let before = self.cuts();
        let mut any = false;
        self.gather(|machine| {
            machine.solve(body, frame, &mut |_, _| {
                any = true;
                Ok(false)
            })
        })?;
        if any {
            self.restore_cuts(before);
        }
        // A body that was cut may have a solution or not.
        Ok(!any && self.cuts() == before)
    }

    pub(super) fn every(
        &mut self,
        key: u32,
        value: u32,
        domain: &Value,
        body: &Block,
        frame: &mut Frame,
    ) -> Run<bool> {
        let entries: Vec<(Value, Value)> = match domain {
            Value::Array(items) => {
                items.iter().enumerate().map(|(at, item)| (Value::from(at), item.clone())).collect()
            }
            Value::Set(items) => items.iter().map(|item| (item.clone(), item.clone())).collect(),
            Value::Object(entries) => entries.iter().cloned().collect(),
            _ => return Ok(false),
        };
        if self.cut_by(domain) {
            return Ok(false);
        }
        let before = self.cuts();
        for (k, v) in entries {
            self.tick()?;
            set(frame, key, k);
            set(frame, value, v);
            let mut any = false;
            self.solve(body, frame, &mut |_, _| {
                any = true;
                Ok(false)
            })?;
            if !any && self.cuts() == before {
                return Ok(false);
            }
        }
        Ok(self.cuts() == before)
    }

    /// Works out a comprehension; nothing if it hangs on something unknown.
    pub(super) fn comprehend(
        &mut self,
        shape: Shape,
        heads: &[Op],
        body: &Block,
        span: Span,
        frame: &mut Frame,
    ) -> Run<Option<Value>> {
        let before = self.cuts();
        let value = self.gather(|machine| machine.comprehend_here(shape, heads, body, span, frame))?;
        Ok((self.cuts() == before).then_some(value))
    }

    fn comprehend_here(
        &mut self,
        shape: Shape,
        heads: &[Op],
        body: &Block,
        span: Span,
        frame: &mut Frame,
    ) -> Run<Value> {
        let result = match shape {
            Shape::Array => {
                let mut items = Vec::new();
                self.solve(body, frame, &mut |machine, frame| {
                    items.push(machine.head(heads, 0, frame)?);
                    Ok(true)
                })?;
                Value::array(items)
            }
            Shape::Set => {
                let mut items = SetBuilder::default();
                self.solve(body, frame, &mut |machine, frame| {
                    items.insert(machine.head(heads, 0, frame)?);
                    Ok(true)
                })?;
                Value::Set(Arc::new(items.finish()))
            }
            Shape::Object => {
                let mut entries = ObjectBuilder::default();
                self.solve(body, frame, &mut |machine, frame| {
                    let (key, value) = (machine.head(heads, 0, frame)?, machine.head(heads, 1, frame)?);
                    match entries.insert(key, value) {
                        true => Ok(true),
                        false => Err(machine.conflict("object keys must be unique", span)),
                    }
                })?;
                Value::Object(Arc::new(entries.finish()))
            }
        };
        match result.is_too_big() {
            true => Err(self.too_deep(span)),
            false => Ok(result),
        }
    }

    pub(super) fn head(&mut self, heads: &[Op], at: usize, frame: &mut Frame) -> Run<Value> {
        self.grow(48)?;
        match heads.get(at) {
            Some(head) => self.value(head, frame),
            None => Ok(Value::Null),
        }
    }

    pub(super) fn inner(&self) -> Context {
        let here = &self.context;
        Context {
            input: here.input.clone(),
            data: here.data.clone(),
            hidden: here.hidden.clone(),
            functions: here.functions.clone(),
            cache: Default::default(),
            outer: Some(here.clone()),
        }
    }

    pub(super) fn replace(&mut self, replaced: &[(Replaced, Op)], frame: &mut Frame) -> Run<()> {
        let mut inner = self.inner();
        for (target, by) in replaced {
            let value = self.value(by, frame)?;
            match target {
                Replaced::Input(path) => {
                    let new = put(inner.input.as_ref(), path, value);
                    self.note_replaced(inner.input.as_ref(), &new, path);
                    inner.input = Some(new);
                }
                Replaced::Data(path) => {
                    let new = put(Some(&inner.data), path, value);
                    self.note_replaced(Some(&inner.data), &new, path);
                    inner.data = new;
                    inner.hidden.push(path.clone());
                }
                Replaced::FunctionValue(function) => {
                    inner.functions.push((Key::of(function), Stand::Value(value)))
                }
                Replaced::Function(function, by) => {
                    inner.functions.push((Key::of(function), Stand::Function(by.clone())));
                }
            }
        }
        self.context = Rc::new(inner);
        Ok(())
    }
}
