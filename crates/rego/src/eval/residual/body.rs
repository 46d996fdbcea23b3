//! Bodies, instruction by instruction.

use crate::Value;
use crate::compile::core::Var;
use crate::compile::ir::{Block, Instruction, Op, Out, Pattern, Step};
use crate::syntax::Span;

use super::super::machine::Run;
use super::{Found, Frame, MAX_EXPRESSIONS, Special, Term, Way, cannot};

type Code = [(Instruction, Span)];

impl<'m, 'p> Special<'m, 'p> {
    /// Goes through instructions; `found` is called for each way to the end, with what is left of it.
    pub(super) fn body(
        &mut self,
        code: &Code,
        frame: &mut Frame,
        left: &mut Vec<String>,
        found: Found<'_, 'm, 'p>,
    ) -> Run<()> {
        self.machine.tick()?;
        let Some(((instruction, span), rest)) = code.split_first() else { return found(self, frame, left) };
        // What `with` replaces holds for several instructions, which only run together.
        let taken = match instruction {
            Instruction::With(_) => replaced(code),
            _ => 1,
        };
        let (run, after) = code.split_at_checked(taken).unwrap_or((code, &[]));
        if let Some(solutions) = self.run(run, frame)? {
            self.parted |= self.many && solutions.len() > 1;
            for mut solution in solutions {
                let length = left.len();
                self.deeper(|special| special.body(after, &mut solution, left, found))?;
                left.truncate(length);
            }
            return Ok(());
        }
        let (length, many) = (left.len(), self.many);
        let mut frame = frame.clone();
        match instruction {
            Instruction::With(_) | Instruction::EndWith => {
                return Err(cannot("`with` around something unknown"));
            }
            Instruction::Lookup { .. } => {
                self.lookup(instruction, &mut frame, left, &mut |special, frame, left| {
                    special.deeper(|special| special.body(rest, frame, left, found))
                })?;
            }
            _ => {
                if self.write(instruction, *span, &mut frame, left)? {
                    self.deeper(|special| special.body(rest, &mut frame, left, found))?;
                }
            }
        }
        left.truncate(length);
        self.many = many;
        Ok(())
    }

    fn deeper<T>(&mut self, inside: impl FnOnce(&mut Self) -> Run<T>) -> Run<T> {
        stacker::maybe_grow(128 << 10, 2 << 20, || inside(self))
    }

    /// Runs instructions that need nothing unknown; nothing if they do.
    fn run(&mut self, code: &Code, frame: &Frame) -> Run<Option<Vec<Frame>>> {
        let mut open = false;
        for (instruction, _) in code {
            each_slot(instruction, &mut |var| {
                open |= matches!(frame.get(var as usize), Some(Term::Open(_)));
            });
        }
        if open {
            return Ok(None);
        }
        let block = Block { code: code.to_vec() };
        let value = |term: &Term| match term {
            Term::Value(value) => value.clone(),
            Term::Open(_) => Value::Null,
        };
        let mut values: Vec<Value> = frame.iter().map(value).collect();
        let before = self.machine.cuts();
        let mut solutions = Vec::new();
        self.machine.solve(&block, &mut values, &mut |machine, values| {
            machine.grow(48 * values.len())?;
            let solution = frame.iter().zip(values.iter()).map(|(term, value)| match term {
                Term::Open(_) => term.clone(),
                Term::Value(_) => Term::Value(value.clone()),
            });
            solutions.push(solution.collect());
            Ok(true)
        })?;
        let cut = self.machine.cuts() > before;
        self.machine.restore_cuts(before);
        let unknown =
            |term: &Term| matches!(term, Term::Value(value) if self.machine.unknown_in(value).is_some());
        if code.len() > 1 && solutions.iter().any(|solution: &Frame| solution.iter().any(unknown)) {
            // The documents that `with` made are not there any more.
            return Err(cannot("what `with` leads to"));
        }
        Ok((!cut).then_some(solutions))
    }

    /// Notes an expression that is left.
    pub(super) fn leave(&mut self, left: &mut Vec<String>, text: String) -> Run<()> {
        self.written += 1;
        if self.written > MAX_EXPRESSIONS {
            return Err(cannot("it is too long"));
        }
        self.machine.grow(text.len())?;
        left.push(text);
        Ok(())
    }

    /// Notes that what a text stands for has to be what is asked for.
    pub(super) fn accept_text(
        &mut self,
        out: &Out,
        text: String,
        frame: &mut Frame,
        left: &mut Vec<String>,
    ) -> Run<()> {
        match out {
            Out::True => self.leave(left, text),
            Out::Match(pattern) => {
                let pattern = self.pattern(pattern, frame);
                self.leave(left, format!("{pattern} = {text}"))
            }
        }
    }

    /// Matches a pattern with a term; false if it can't fit.
    pub(super) fn unify(
        &mut self,
        pattern: &Pattern,
        term: &Term,
        frame: &mut Frame,
        left: &mut Vec<String>,
    ) -> Run<bool> {
        let known = matches!(term, Term::Value(value) if self.machine.unknown_in(value).is_none());
        match pattern {
            Pattern::Any => return Ok(true),
            Pattern::Bind(var) => {
                if let Some(slot) = frame.get_mut(*var as usize) {
                    *slot = term.clone();
                }
                return Ok(true);
            }
            Pattern::Is(op) if known => {
                if let (Term::Value(wanted), Term::Value(value)) = (self.term(op, frame), term)
                    && self.machine.unknown_in(&wanted).is_none()
                {
                    return Ok(wanted == *value);
                }
            }
            Pattern::Array(items) if known => {
                let Term::Value(Value::Array(values)) = term else { return Ok(false) };
                if values.len() != items.len() {
                    return Ok(false);
                }
                for (item, value) in items.iter().zip(values.iter()) {
                    if !self.unify(item, &Term::Value(value.clone()), frame, left)? {
                        return Ok(false);
                    }
                }
                return Ok(true);
            }
            _ => {}
        }
        let (pattern, text) = (self.pattern(pattern, frame), self.text(term));
        self.leave(left, format!("{pattern} = {text}"))?;
        Ok(true)
    }

    /// Writes down an instruction; false if it can't hold.
    fn write(
        &mut self,
        instruction: &Instruction,
        span: Span,
        frame: &mut Frame,
        left: &mut Vec<String>,
    ) -> Run<bool> {
        match instruction {
            Instruction::Match { value, pattern } => {
                let term = self.term(value, frame);
                return self.unify(pattern, &term, frame, left);
            }
            Instruction::Test(op) => {
                let text = self.text(&self.term(op, frame));
                self.leave(left, text)?;
            }
            Instruction::Builtin { builtin, .. } if builtin.name == "print" => {}
            Instruction::Builtin { builtin, args, out } => {
                if builtin.deprecated && self.old != Some(true) {
                    return Err(cannot("a builtin of the old language"));
                }
                let mut args = self.texts(args, frame);
                if builtin.several {
                    let Out::Match(pattern) = out else {
                        return Err(cannot("a builtin with several results"));
                    };
                    args.push(self.pattern(pattern, frame));
                    self.many = true;
                    self.leave(left, format!("{}({})", builtin.name, args.join(", ")))?;
                } else {
                    let text = format!("{}({})", builtin.name, args.join(", "));
                    self.accept_text(out, text, frame, left)?;
                }
            }
            Instruction::Function { node, args, out } => {
                let args = self.texts(args, frame);
                let name = self.function(*node)?;
                self.accept_text(out, format!("{name}({})", args.join(", ")), frame, left)?;
            }
            Instruction::Not(body) => return self.negated(body, frame, left),
            Instruction::Every { key, value, domain, body } => {
                return self.every((*key, *value), domain, body, frame, left);
            }
            Instruction::Comprehend { shape, heads, body, into } => {
                self.comprehend(*shape, heads, body, *into, frame, left)?;
            }
            Instruction::Case(_) => {}
            Instruction::Lookup { .. } | Instruction::With(_) | Instruction::EndWith => {
                return Err(self.machine.located(cannot("this"), span));
            }
        }
        Ok(true)
    }

    /// Returns the ways through a body, with what its heads are at the end.
    pub(super) fn ways(&mut self, body: &Block, heads: &[Op], frame: &Frame) -> Run<Vec<Way>> {
        let mut ways = Vec::new();
        let mut frame = frame.clone();
        self.body(&body.code, &mut frame, &mut Vec::new(), &mut |special, frame, left| {
            let heads = heads.iter().map(|head| special.term(head, frame)).collect();
            ways.push(Way { left: left.to_vec(), heads });
            Ok(())
        })?;
        Ok(ways)
    }
}

/// Returns how many instructions `with` in front of them holds for, the ones at both ends counted.
fn replaced(code: &Code) -> usize {
    let mut depth = 0;
    for (at, (instruction, _)) in code.iter().enumerate() {
        match instruction {
            Instruction::With(_) => depth += 1,
            Instruction::EndWith => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    code.len()
}

/// Visits the variables that an instruction uses, also in bodies inside it.
fn each_slot(instruction: &Instruction, visit: &mut dyn FnMut(Var)) {
    instruction.each_slot(visit);
    match instruction {
        Instruction::Not(body) | Instruction::Every { body, .. } => {
            body.code.iter().for_each(|(inner, _)| each_slot(inner, visit));
        }
        Instruction::Comprehend { body, heads, .. } => {
            let heads = heads.iter().map(|head| Step::At(head.clone())).collect();
            let origin = crate::compile::ir::Origin::Input;
            Instruction::Lookup { origin, steps: heads, out: Out::True, at: Span::default() }
                .each_slot(visit);
            body.code.iter().for_each(|(inner, _)| each_slot(inner, visit));
        }
        _ => {}
    }
}
