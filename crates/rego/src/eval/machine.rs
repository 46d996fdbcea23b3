//! The loop over instructions, with its choices.

use std::rc::Rc;
use std::sync::Arc;

use crate::builtins::Host;
use crate::compile::ir::{Block, Definition, Instruction, NodeId, Program};
use crate::compile::{File, place};
use crate::syntax::Span;
use crate::value::MAX_WEIGHT;
use crate::value::{Array, Object, Set};
use crate::{EvalError, MAX_DEPTH, Value};

use super::context::{Context, Key};
use super::lookup::Cursor;
use super::observe::Observed;

/// How deeply rules, functions and closures may nest while they run.
const MAX_CALLS: usize = 30_000;

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
    /// The definition that runs; none for a query.
    pub(super) here: Option<&'p Definition>,
    /// Only tries definitions that can hold, as far as an index tells.
    pub(crate) indexed: bool,
    /// Of the definitions of this rule only the one at this place counts: tests of one name are tests of their own.
    pub(crate) only: Option<(NodeId, usize)>,
    /// What is watched and traced back, if anything is.
    pub(crate) observed: Option<Box<Observed>>,
}

/// A place to go on from when something fails.
pub(super) struct Choice {
    pub(super) instruction: usize,
    /// The step of the lookup that chooses.
    pub(super) step: usize,
    pub(super) left: Left,
    /// The rule whose value is gone through, if it is known.
    pub(super) rule: Option<NodeId>,
    /// Some way led on.
    led: bool,
    /// How many reads were noted before.
    reads: usize,
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
        Machine {
            program,
            files,
            context,
            host,
            strict,
            choices: Vec::new(),
            depth: 0,
            file: usize::MAX,
            here: None,
            indexed: true,
            only: None,
            observed: None,
        }
    }

    /// Gives back the host, the outermost context, and what was observed.
    pub(crate) fn finish(self) -> (Host, Option<Context>, Option<Box<Observed>>) {
        drop(self.choices);
        (self.host, Rc::try_unwrap(self.context).ok(), self.observed)
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
                Some((instruction, span)) => match self.observed {
                    None => self.step(instruction, *span, at, frame)?,
                    Some(_) => self.observed_step(block, instruction, *span, at, frame)?,
                },
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
        let (instruction, step, rule) = (choice.instruction, choice.step, choice.rule);
        self.context = choice.context.clone();
        if let Some(observed) = &mut self.observed {
            observed.forget_reads(choice.reads);
        }
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
            let ended = self.choices.pop();
            if self.observed.is_some() && ended.is_some_and(|choice| !choice.led) {
                self.observe_failure(block, instruction, frame);
            }
            return Ok(None);
        };
        if self.observed.is_some() {
            self.observe_redo(block, instruction)?;
            if !self.take_element(rule, &key, &cursor, block, instruction, frame) {
                return Ok(None);
            }
        }
        let ahead = match block.code.get(instruction) {
            Some((Instruction::Lookup { steps, out, .. }, span)) => {
                let matches = match steps.get(step) {
                    Some(crate::compile::ir::Step::Each(pattern)) => self.matches(pattern, &key, frame)?,
                    _ => true,
                };
                matches && self.walk(steps, out, step + 1, cursor, instruction, *span, frame)?
            }
            Some((Instruction::Builtin { out, .. }, _)) => match cursor {
                Cursor::Value(value) | Cursor::Base(value) | Cursor::Rule(_, value) => {
                    self.accept(out, &value, frame)?
                }
                Cursor::Node(..) => false,
            },
            _ => false,
        };
        if self.observed.is_some() {
            self.observe_cut(block, instruction, frame);
        }
        if ahead && let Some(choice) = self.choices.iter_mut().rev().find(|c| c.instruction == instruction) {
            choice.led = true;
        }
        Ok(ahead.then_some(instruction + 1))
    }

    pub(super) fn choose(&mut self, instruction: usize, step: usize, left: Left) {
        self.choose_in(None, instruction, step, left);
    }

    /// Pushes a choice among the elements of a rule's value.
    pub(super) fn choose_in(&mut self, rule: Option<NodeId>, instruction: usize, step: usize, left: Left) {
        let context = self.context.clone();
        let reads = self.observed.as_ref().map_or(0, |observed| observed.reads.len());
        self.choices.push(Choice { instruction, step, left, rule, led: false, reads, context });
    }

    pub(super) fn step(
        &mut self,
        instruction: &Instruction,
        span: Span,
        at: usize,
        frame: &mut Frame,
    ) -> Run<bool> {
        self.tick()?;
        match instruction {
            Instruction::Match { value, pattern } => {
                let value = self.value(value, frame)?;
                self.matches(pattern, &value, frame)
            }
            Instruction::Lookup { origin, steps, out, .. } => {
                self.lookup(origin, steps, out, at, span, frame)
            }
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
            Instruction::Not(body) => self.negated(body, frame),
            Instruction::Case(keys) => {
                let case = self.values(keys, frame)?;
                self.grow(32)?;
                self.host.cases.insert(case);
                Ok(true)
            }
            Instruction::Every { key, value, domain, body } => {
                let domain = self.value(domain, frame)?;
                self.every(*key, *value, &domain, body, frame)
            }
            Instruction::Comprehend { shape, heads, body, into } => {
                let value = self.comprehend(*shape, heads, body, span, frame)?;
                let known = value.is_some();
                if let Some(value) = value {
                    set(frame, *into, value);
                }
                Ok(known)
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

    pub(super) fn tick(&mut self) -> Run<()> {
        self.host.meter.tick(1).map_err(Box::new)
    }

    pub(super) fn grow(&mut self, bytes: usize) -> Run<()> {
        self.host.meter.grow(bytes).map_err(Box::new)
    }

    pub(super) fn too_deep(&self, span: Span) -> Halt {
        let message =
            format!("a value nests deeper than {MAX_DEPTH} levels, or holds more than {MAX_WEIGHT}");
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
