//! Values put together, and values matched with patterns.

use crate::Value;
use crate::compile::ir::{Op, Out, Pattern};
use crate::syntax::Span;

use super::machine::{Frame, Machine, Run, set};

/// What a container takes beside what is in it: its head, the count of who shares it, and what an allocator adds.
const CONTAINER: usize = 80;

impl Machine<'_> {
    pub(super) fn accept_optional(
        &mut self,
        out: &Out,
        value: Option<Value>,
        frame: &mut Frame,
    ) -> Run<bool> {
        match value {
            Some(value) => self.accept(out, &value, frame),
            None => Ok(false),
        }
    }

    pub(super) fn accept(&mut self, out: &Out, value: &Value, frame: &mut Frame) -> Run<bool> {
        match out {
            Out::True => Ok(value.is_truthy()),
            Out::Match(pattern) => self.matches(pattern, value, frame),
        }
    }

    /// Matches a value with a pattern, giving values to its variables.
    pub(super) fn matches(&mut self, pattern: &Pattern, value: &Value, frame: &mut Frame) -> Run<bool> {
        match pattern {
            Pattern::Any => Ok(true),
            Pattern::Bind(var) => {
                set(frame, *var, value.clone());
                Ok(true)
            }
            Pattern::Is(op) if self.observed.is_some() => {
                let wanted = self.value(op, frame)?;
                Ok(!self.cut_by(value) && !self.cut_by(&wanted) && wanted == *value)
            }
            Pattern::Is(Op::Const(wanted)) => Ok(wanted == value),
            Pattern::Is(Op::Slot(var)) => Ok(frame.get(*var as usize) == Some(value)),
            Pattern::Is(op) => Ok(self.value(op, frame)? == *value),
            Pattern::Array(_) | Pattern::Object(_) if self.cut_by(value) => Ok(false),
            Pattern::Array(patterns) => match value {
                Value::Array(items) if items.len() == patterns.len() => {
                    for (pattern, item) in patterns.iter().zip(items.iter()) {
                        if !self.matches(pattern, item, frame)? {
                            return Ok(false);
                        }
                    }
                    Ok(true)
                }
                _ => Ok(false),
            },
            Pattern::Object(patterns) => match value {
                Value::Object(entries) if entries.len() == patterns.len() => {
                    for (key, pattern) in patterns {
                        let key = self.value(key, frame)?;
                        let Some(found) = entries.get(&key) else { return Ok(false) };
                        if !self.matches(pattern, found, frame)? {
                            return Ok(false);
                        }
                    }
                    Ok(true)
                }
                _ => Ok(false),
            },
        }
    }

    pub(super) fn values(&mut self, ops: &[Op], frame: &Frame) -> Run<Vec<Value>> {
        ops.iter().map(|op| self.value(op, frame)).collect()
    }

    /// Puts a value together.
    pub(super) fn value(&mut self, op: &Op, frame: &Frame) -> Run<Value> {
        let value = match op {
            Op::Const(value) => return Ok(value.clone()),
            Op::Slot(var) => return Ok(frame.get(*var as usize).cloned().unwrap_or(Value::Null)),
            Op::Array(items) => {
                self.grow(CONTAINER + size_of::<Value>() * items.len())?;
                Value::array(self.values(items, frame)?)
            }
            Op::Set(items) => {
                self.grow(CONTAINER + size_of::<Value>() * items.len())?;
                Value::set(self.values(items, frame)?)
            }
            Op::Object(entries) => {
                self.grow(CONTAINER + size_of::<(Value, Value)>() * entries.len())?;
                let mut built = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    built.push((self.value(key, frame)?, self.value(value, frame)?));
                }
                Value::object(built)
            }
        };
        if value.is_too_big() {
            return Err(self.too_deep(Span::default()));
        }
        Ok(value)
    }
}
