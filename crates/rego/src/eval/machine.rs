//! The loop over instructions, with its choices.

use std::rc::Rc;
use std::sync::Arc;

use crate::builtins::{Builtin, Failure, Host};
use crate::compile::core::Shape;
use crate::compile::ir::{Block, Function, Instruction, NodeId, Op, Out, Pattern, Program, Replaced};
use crate::compile::{File, place};
use crate::syntax::Span;
use crate::value::{Array, Object, Set, SetBuilder};
use crate::{EvalError, MAX_DEPTH, ObjectBuilder, Value};

use super::context::{Context, Key, Stand, put};
use super::lookup::Cursor;

/// How deeply rules, functions and closures may nest while they run.
const MAX_CALLS: usize = 2_000;

/// Ends a run.
pub(crate) type Halt = Box<EvalError>;
pub(crate) type Run<T> = Result<T, Halt>;

/// The values of a rule's variables.
pub(crate) type Frame = Vec<Value>;

pub(crate) struct Machine<'p> {
    pub(super) program: &'p Program,
    pub(super) files: &'p [File],
    pub(super) context: Rc<Context>,
    pub(super) host: Host,
    /// Errors of builtins end the run instead of making an expression undefined.
    pub(super) strict: bool,
    pub(super) choices: Vec<Choice>,
    pub(super) depth: usize,
    /// File of the definition that runs.
    pub(super) file: usize,
}

/// A place to go on from when something fails.
pub(super) struct Choice {
    pub(super) instruction: usize,
    /// The step of the lookup that chooses.
    pub(super) step: usize,
    pub(super) left: Left,
    context: Rc<Context>,
}

/// What is left to choose from.
pub(super) enum Left {
    Array(Arc<Array>, usize),
    Set(Arc<Set>, usize),
    Object(Arc<Object>, usize),
    /// Documents of a package: keys still to come, last first.
    Node {
        keys: Vec<Value>,
        node: NodeId,
        base: Option<Value>,
    },
    /// Results of a builtin that has several.
    Results(Arc<Array>, usize),
}

impl<'p> Machine<'p> {
    pub(crate) fn new(
        program: &'p Program,
        files: &'p [File],
        context: Context,
        host: Host,
        strict: bool,
    ) -> Self {
        let context = Rc::new(context);
        Machine { program, files, context, host, strict, choices: Vec::new(), depth: 0, file: 0 }
    }

    /// Gives the host and the outermost context back.
    pub(crate) fn finish(self) -> (Host, Option<Context>) {
        drop(self.choices);
        (self.host, Rc::try_unwrap(self.context).ok())
    }

    /// Runs a block; `found` is called for each solution, until it returns false.
    pub(crate) fn solve(
        &mut self,
        block: &Block,
        frame: &mut Frame,
        found: &mut dyn FnMut(&mut Self, &mut Frame) -> Run<bool>,
    ) -> Run<()> {
        self.deeper(|machine| {
            let base = machine.choices.len();
            let context = machine.context.clone();
            let result = machine.run(block, frame, base, found);
            machine.choices.truncate(base);
            machine.context = context;
            result
        })
    }

    /// Runs something one level deeper; the stack grows if it has to.
    pub(super) fn deeper<T>(&mut self, inside: impl FnOnce(&mut Self) -> Run<T>) -> Run<T> {
        if self.depth >= MAX_CALLS {
            let message = format!("evaluation nests deeper than {MAX_CALLS} levels");
            return Err(Box::new(EvalError::new("eval_cancel_error", message)));
        }
        self.depth += 1;
        let result = stacker::maybe_grow(128 << 10, 2 << 20, || inside(self));
        self.depth -= 1;
        result
    }

    fn run(
        &mut self,
        block: &Block,
        frame: &mut Frame,
        base: usize,
        found: &mut dyn FnMut(&mut Self, &mut Frame) -> Run<bool>,
    ) -> Run<()> {
        let mut at = 0;
        loop {
            let ahead = match block.code.get(at) {
                Some((instruction, span)) => self.step(instruction, *span, at, frame)?,
                None => {
                    if !found(self, frame)? {
                        return Ok(());
                    }
                    false
                }
            };
            if ahead {
                at += 1;
                continue;
            }
            loop {
                if self.choices.len() <= base {
                    return Ok(());
                }
                if let Some(next) = self.resume(block, frame)? {
                    at = next;
                    break;
                }
            }
        }
    }

    /// Takes the next of the innermost choice; returns where to go on, or nothing if it did not lead on.
    fn resume(&mut self, block: &Block, frame: &mut Frame) -> Run<Option<usize>> {
        self.tick()?;
        let Some(choice) = self.choices.last_mut() else { return Ok(None) };
        let (instruction, step) = (choice.instruction, choice.step);
        self.context = choice.context.clone();
        let next = match &mut choice.left {
            Left::Array(items, at) => items.get(*at).map(|item| {
                *at += 1;
                (Value::from(*at - 1), Cursor::Value(item.clone()))
            }),
            Left::Set(items, at) => items.as_ref().iter().as_slice().get(*at).map(|item| {
                *at += 1;
                (item.clone(), Cursor::Value(item.clone()))
            }),
            Left::Object(entries, at) => entries.entry(*at).map(|(key, value)| {
                *at += 1;
                (key.clone(), Cursor::Value(value.clone()))
            }),
            Left::Results(items, at) => items.get(*at).map(|item| {
                *at += 1;
                (Value::Null, Cursor::Value(item.clone()))
            }),
            Left::Node { keys, node, base } => match keys.pop() {
                Some(key) => {
                    let here = Cursor::Node(*node, base.clone());
                    match self.descend(here, &key)? {
                        Some(cursor) => Some((key, cursor)),
                        None => return Ok(None),
                    }
                }
                None => None,
            },
        };
        let Some((key, cursor)) = next else {
            self.choices.pop();
            return Ok(None);
        };
        let ahead = match block.code.get(instruction) {
            Some((Instruction::Lookup { steps, out, .. }, span)) => {
                let matches = match steps.get(step) {
                    Some(crate::compile::ir::Step::Each(pattern)) => self.matches(pattern, &key, frame)?,
                    _ => true,
                };
                matches && self.walk(steps, out, step + 1, cursor, instruction, *span, frame)?
            }
            Some((Instruction::Builtin { out, .. }, _)) => match cursor {
                Cursor::Value(value) | Cursor::Base(value) => self.accept(out, &value, frame)?,
                Cursor::Node(..) => false,
            },
            _ => false,
        };
        Ok(ahead.then_some(instruction + 1))
    }

    pub(super) fn choose(&mut self, instruction: usize, step: usize, left: Left) {
        let context = self.context.clone();
        self.choices.push(Choice { instruction, step, left, context });
    }

    fn step(&mut self, instruction: &Instruction, span: Span, at: usize, frame: &mut Frame) -> Run<bool> {
        self.tick()?;
        match instruction {
            Instruction::Match { value, pattern } => {
                let value = self.value(value, frame)?;
                self.matches(pattern, &value, frame)
            }
            Instruction::Lookup { origin, steps, out } => self.lookup(origin, steps, out, at, span, frame),
            Instruction::Test(op) => Ok(self.value(op, frame)?.is_truthy()),
            Instruction::Builtin { builtin, args, out } => {
                let args = self.values(args, frame)?;
                self.builtin(builtin, args, out, at, span, frame)
            }
            Instruction::Function { node, args, out } => {
                let args = self.values(args, frame)?;
                let key = Key::Node(*node);
                let result = match self.context.functions.is_empty() {
                    true => self.call(*node, args)?,
                    false => match self.context.stand_in(&key) {
                        Some(stand) => self.stand(stand, args, span)?,
                        None => self.call(*node, args)?,
                    },
                };
                self.accept_optional(out, result, frame)
            }
            Instruction::Not(body) => {
                let mut any = false;
                self.solve(body, frame, &mut |_, _| {
                    any = true;
                    Ok(false)
                })?;
                Ok(!any)
            }
            Instruction::Every { key, value, domain, body } => {
                let domain = self.value(domain, frame)?;
                self.every(*key, *value, &domain, body, frame)
            }
            Instruction::Comprehend { shape, heads, body, into } => {
                let value = self.comprehend(*shape, heads, body, span, frame)?;
                set(frame, *into, value);
                Ok(true)
            }
            Instruction::With(replaced) => {
                self.replace(replaced, frame)?;
                Ok(true)
            }
            Instruction::EndWith => {
                if let Some(outer) = self.context.outer.clone() {
                    self.context = outer;
                }
                Ok(true)
            }
        }
    }

    fn builtin(
        &mut self,
        builtin: &'static Builtin,
        args: Vec<Value>,
        out: &Out,
        at: usize,
        span: Span,
        frame: &mut Frame,
    ) -> Run<bool> {
        if !self.context.functions.is_empty() {
            let key = Key::Builtin(builtin.name);
            if let Some(stand) = self.context.stand_in(&key) {
                let result = self.stand(stand, args, span)?;
                return self.accept_optional(out, result, frame);
            }
        }
        let result = self.call_builtin(builtin, &args, span)?;
        if builtin.several {
            if let Some(Value::Array(results)) = result {
                self.choose(at, 0, Left::Results(results, 0));
            }
            return Ok(false);
        }
        self.accept_optional(out, result, frame)
    }

    pub(super) fn call_builtin(
        &mut self,
        builtin: &'static Builtin,
        args: &[Value],
        span: Span,
    ) -> Run<Option<Value>> {
        self.host.old = self.files.get(self.file).is_some_and(|file| file.old);
        match (builtin.run)(&mut self.host, args) {
            Ok(value) if value.depth() > MAX_DEPTH => Err(self.too_deep(span)),
            Ok(value) => Ok(Some(value)),
            Err(Failure::Undefined) => Ok(None),
            Err(Failure::Halt(error)) => Err(self.located(error, span)),
            Err(failure) => {
                let (code, message) = match failure {
                    Failure::Type(message) => ("eval_type_error", message),
                    Failure::Error(message) => ("eval_builtin_error", message),
                    Failure::Undefined | Failure::Halt(_) => return Ok(None),
                };
                let error = EvalError::new(code, format!("{}: {message}", builtin.name));
                let error = self.located(Box::new(error), span);
                if self.strict {
                    return Err(error);
                }
                self.host.errors.push(*error);
                Ok(None)
            }
        }
    }

    /// Calls what stands in for a function.
    fn stand(&mut self, stand: Stand, args: Vec<Value>, span: Span) -> Run<Option<Value>> {
        match stand {
            Stand::Value(value) => Ok(Some(value)),
            // Inside a stand-in all functions are themselves again.
            Stand::Function(function) => {
                let outer = self.context.clone();
                let mut inner = self.inner();
                inner.functions.clear();
                self.context = Rc::new(inner);
                let result = match function {
                    Function::Builtin(builtin) => self.call_builtin(builtin, &args, span),
                    Function::Node(node) => match self.program.nodes.get(node).and_then(|node| node.arity) {
                        Some(_) => self.call(node, args),
                        None => self.document(node),
                    },
                };
                self.context = outer;
                result
            }
        }
    }

    fn every(&mut self, key: u32, value: u32, domain: &Value, body: &Block, frame: &mut Frame) -> Run<bool> {
        let entries: Vec<(Value, Value)> = match domain {
            Value::Array(items) => {
                items.iter().enumerate().map(|(at, item)| (Value::from(at), item.clone())).collect()
            }
            Value::Set(items) => items.iter().map(|item| (item.clone(), item.clone())).collect(),
            Value::Object(entries) => entries.iter().cloned().collect(),
            _ => return Ok(false),
        };
        for (k, v) in entries {
            self.tick()?;
            set(frame, key, k);
            set(frame, value, v);
            let mut any = false;
            self.solve(body, frame, &mut |_, _| {
                any = true;
                Ok(false)
            })?;
            if !any {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn comprehend(
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
        match result.depth() > MAX_DEPTH {
            true => Err(self.too_deep(span)),
            false => Ok(result),
        }
    }

    fn head(&mut self, heads: &[Op], at: usize, frame: &mut Frame) -> Run<Value> {
        self.grow(48)?;
        match heads.get(at) {
            Some(head) => self.value(head, frame),
            None => Ok(Value::Null),
        }
    }

    fn inner(&self) -> Context {
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

    fn replace(&mut self, replaced: &[(Replaced, Op)], frame: &mut Frame) -> Run<()> {
        let mut inner = self.inner();
        for (target, by) in replaced {
            let value = self.value(by, frame)?;
            match target {
                Replaced::Input(path) => inner.input = Some(put(inner.input.as_ref(), path, value)),
                Replaced::Data(path) => {
                    inner.data = put(Some(&inner.data), path, value);
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
            Pattern::Is(Op::Const(wanted)) => Ok(wanted == value),
            Pattern::Is(Op::Slot(var)) => Ok(frame.get(*var as usize) == Some(value)),
            Pattern::Is(op) => Ok(self.value(op, frame)? == *value),
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

    fn values(&mut self, ops: &[Op], frame: &Frame) -> Run<Vec<Value>> {
        ops.iter().map(|op| self.value(op, frame)).collect()
    }

    /// Puts a value together.
    pub(super) fn value(&mut self, op: &Op, frame: &Frame) -> Run<Value> {
        let value = match op {
            Op::Const(value) => return Ok(value.clone()),
            Op::Slot(var) => return Ok(frame.get(*var as usize).cloned().unwrap_or(Value::Null)),
            Op::Array(items) => Value::array(self.values(items, frame)?),
            Op::Set(items) => Value::set(self.values(items, frame)?),
            Op::Object(entries) => {
                let mut built = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    built.push((self.value(key, frame)?, self.value(value, frame)?));
                }
                Value::object(built)
            }
        };
        if value.depth() > MAX_DEPTH {
            return Err(self.too_deep(Span::default()));
        }
        Ok(value)
    }

    pub(super) fn tick(&mut self) -> Run<()> {
        self.host.meter.tick(1).map_err(Box::new)
    }

    pub(super) fn grow(&mut self, bytes: usize) -> Run<()> {
        self.host.meter.grow(bytes).map_err(Box::new)
    }

    fn too_deep(&self, span: Span) -> Halt {
        let message = format!("a value nests deeper than {MAX_DEPTH} levels");
        self.located(Box::new(EvalError::new("eval_cancel_error", message)), span)
    }

    pub(super) fn conflict(&self, message: &str, span: Span) -> Halt {
        self.located(Box::new(EvalError::new("eval_conflict_error", message)), span)
    }

    /// Adds file and line to an error that has none.
    pub(super) fn located(&self, mut error: Halt, span: Span) -> Halt {
        if error.line == 0
            && let Some(file) = self.files.get(self.file)
        {
            (error.line, error.column) = place(&file.source, span);
            error.path = file.path.clone();
        }
        error
    }
}

pub(super) fn set(frame: &mut Frame, var: u32, value: Value) {
    if let Some(slot) = frame.get_mut(var as usize) {
        *slot = value;
    }
}
