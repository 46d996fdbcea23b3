//! Ordered core literals to instructions.
//!
//! While it writes, it knows which variables have values at this place. So the evaluator never has to ask.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::Value;
use crate::syntax::Span;

use super::core::{Callee, Comprehension, Kind, Literal, Ref, Replacement, Root, Target, Term, Var};
use super::error::Problem;
use super::ir::{Block, Function, Instruction, Op, Origin, Out, Pattern, Program, Replaced, Step};
use super::order::order;
use super::scope::Variable;
use super::vars::{self, Vars};

pub(crate) struct Generate<'a> {
    pub(crate) program: &'a Program,
    pub(crate) variables: Vec<Variable>,
    pub(crate) problems: Vec<Problem>,
    /// Orders of bodies that are not the written ones, by where the bodies are.
    pub(crate) orders: HashMap<*const Literal, Vec<usize>>,
    /// Keys of a data-driven test, to be noted as soon as they have values.
    pub(crate) case: Option<Vec<Term>>,
    /// How many bodies are being written.
    pub(crate) depth: usize,
}

/// A place in a body: what is written so far, and what has a value.
#[derive(Default)]
pub(crate) struct Place {
    pub(crate) block: Block,
    pub(crate) bound: Vars,
}

impl Place {
    pub(crate) fn new(bound: Vars) -> Self {
        Place { block: Block::default(), bound }
    }

    pub(super) fn push(&mut self, instruction: Instruction, at: Span) {
        self.block.code.push((instruction, at));
    }
}

impl Generate<'_> {
    fn fresh(&mut self, at: Span) -> Var {
        let var = self.variables.len() as Var;
        self.variables.push(Variable::generated(at));
        var
    }

    /// Writes a body; the variables that have values at its end are in the place.
    pub(crate) fn body(&mut self, body: &[Literal], bound: Vars) -> Place {
        let mut place = Place::new(bound);
        place.block.code.reserve_exact(body.len() + 2);
        self.depth += 1;
        match order(body, &place.bound) {
            Ok(None) => body.iter().for_each(|literal| self.next(literal, &mut place)),
            Ok(Some(ordered)) => {
                ordered
                    .iter()
                    .filter_map(|at| body.get(*at))
                    .for_each(|literal| self.next(literal, &mut place));
                self.orders.insert(body.as_ptr(), ordered);
            }
            Err(left) => self.report(body, &left),
        }
        self.depth -= 1;
        place
    }

    /// Writes a literal of a body, and what is to be noted behind it.
    fn next(&mut self, literal: &Literal, place: &mut Place) {
        self.literal(literal, place);
        self.note_case(literal.at, place);
    }

    fn note_case(&mut self, at: Span, place: &mut Place) {
        let ready = |keys: &Vec<Term>| keys.iter().all(|key| vars::all_in(key, &place.bound));
        if self.depth == 1
            && self.case.as_ref().is_some_and(ready)
            && let Some(keys) = self.case.take()
        {
            place.push(Instruction::Case(keys.iter().map(op).collect()), at);
        }
    }

    fn report(&mut self, body: &[Literal], left: &[(usize, Vars)]) {
        let mut seen = Vars::default();
        let mut found = Vec::new();
        for (at, missing) in left {
            for var in missing.iter() {
                let Some(variable) = self.variables.get(var as usize) else { continue };
                if variable.name.is_none() || !seen.insert(var) {
                    continue;
                }
                let at = body.get(*at).map_or(variable.at, |literal| literal.at);
                found.push(variable.is_unsafe(var, at));
            }
        }
        if found.is_empty() {
            let at =
                left.first().and_then(|(at, _)| body.get(*at)).map(|literal| literal.at).unwrap_or_default();
            found.push(Problem {
                code: "rego_unsafe_var_error",
                at,
                message: "expression is unsafe".to_string(),
                details: Vec::new(),
            });
        }
        self.problems.append(&mut found);
    }

    fn literal(&mut self, literal: &Literal, place: &mut Place) {
        let at = literal.at;
        let with = !literal.with.is_empty();
        if with {
            let replaced =
                literal.with.iter().filter_map(|(target, by)| self.replaced(target, by, place, at));
            let replaced = replaced.collect();
            place.push(Instruction::With(replaced), at);
        }
        if literal.negated {
            let mut inner = Place::new(place.bound.clone());
            self.kind(&literal.kind, at, place, Some(&mut inner));
            place.push(Instruction::Not(inner.block), at);
        } else {
            self.kind(&literal.kind, at, place, None);
        }
        if with {
            place.push(Instruction::EndWith, at);
        }
    }

    fn replaced(
        &mut self,
        target: &Target,
        by: &Replacement,
        place: &mut Place,
        at: Span,
    ) -> Option<(Replaced, Op)> {
        let function = |callee: &Callee| match callee {
            Callee::Builtin(builtin) => Function::Builtin(builtin),
            Callee::Function(node) => Function::Node(*node),
        };
        let original = match target {
            Target::Builtin(builtin) => Some(Function::Builtin(builtin)),
            Target::Data(path) => {
                let node = self.program.find(path);
                let arity = node.and_then(|node| self.program.nodes.get(node)?.arity);
                node.filter(|_| arity.is_some()).map(Function::Node)
            }
            Target::Input(_) => None,
        };
        match by {
            Replacement::Function(callee, _) => {
                Some((Replaced::Function(original?, function(callee)), Op::Const(Value::Null)))
            }
            Replacement::Value(value) => {
                let value = self.operand(value, place, at);
                let replaced = match (original, target) {
                    (Some(original), _) => Replaced::FunctionValue(original),
                    (None, Target::Input(path)) => Replaced::Input(path.clone()),
                    (None, Target::Data(path)) => Replaced::Data(path.clone()),
                    (None, Target::Builtin(_)) => return None,
                };
                Some((replaced, value))
            }
        }
    }

    /// Writes a literal. Negated ones get their core written into a place of its own; what has to be looked up
    /// first stays outside, as in OPA.
    fn kind(&mut self, kind: &Kind, at: Span, place: &mut Place, mut inner: Option<&mut Place>) {
        match kind {
            Kind::Term(term) => match term {
                Term::Ref(reference) => {
                    let reference = self.shallow(reference, place);
                    let inside = inside(inner, place);
                    self.lookup(&reference, Out::True, inside, at);
                }
                _ => {
                    let op = self.operand(term, place, at);
                    inside(inner, place).push(Instruction::Test(op), at);
                }
            },
            Kind::Unify(left, right) | Kind::Assign(left, right) | Kind::Equal(left, right) => {
                if self.unify_simple(left, right, at, place, &mut inner) {
                    return;
                }
                let left = self.without_lookups(left, place, at);
                let right = self.without_lookups(right, place, at);
                self.unify(left, right, at, inside(inner, place));
            }
            Kind::Call(call) => {
                let args: Vec<Op> = call.args.iter().map(|arg| self.operand(arg, place, at)).collect();
                let out = call.out.as_ref().map(|out| self.flat(out, place, at));
                let inside = inside(inner, place);
                let out = match &out {
                    Some(out) => Out::Match(self.pattern(out, inside)),
                    None => Out::True,
                };
                let instruction = match call.callee {
                    Callee::Builtin(builtin) => Instruction::Builtin { builtin, args, out },
                    Callee::Function(node) => Instruction::Function { node, args, out },
                };
                inside.push(instruction, at);
            }
            Kind::Every { key, value, domain, body } => {
                let domain = self.operand(domain, place, at);
                let inside = inside(inner, place);
                let mut bound = inside.bound.clone();
                bound.insert(*key);
                bound.insert(*value);
                let body = self.body(body, bound).block;
                inside.push(Instruction::Every { key: *key, value: *value, domain, body }, at);
            }
            Kind::None { body, closed } => {
                let inside = inside(inner, place);
                if *closed {
                    self.check_closed(body, &inside.bound);
                }
                let block = self.body(body, inside.bound.clone()).block;
                inside.push(Instruction::Not(block), at);
            }
        }
    }

    /// Reports named variables of a body that have no value before it.
    fn check_closed(&mut self, body: &[Literal], bound: &Vars) {
        for literal in body {
            for var in vars::outside(literal).0.minus(bound).iter() {
                let variable = self.variables.get(var as usize);
                let Some(variable) = variable.filter(|variable| variable.name.is_some()) else { continue };
                let problem = variable.is_unsafe(var, literal.at);
                self.problems.push(problem);
            }
        }
    }

    /// Takes the lookups in the steps of a reference out, but not the reference itself.
    fn shallow<'t>(&mut self, reference: &'t Ref, place: &mut Place) -> Cow<'t, Ref> {
        if reference.is_shallow() {
            return Cow::Borrowed(reference);
        }
        let steps = reference.steps.iter().map(|step| self.flat(step, place, reference.at)).collect();
        Cow::Owned(Ref { root: reference.root, steps, at: reference.at })
    }

    /// Takes lookups and comprehensions inside a term out; the term itself may stay one.
    fn without_lookups(&mut self, term: &Term, place: &mut Place, at: Span) -> Term {
        match term {
            Term::Ref(reference) => Term::Ref(Box::new(self.shallow(reference, place).into_owned())),
            other => self.flat(other, place, at),
        }
    }

    /// Takes all lookups and comprehensions out of a term.
    pub(super) fn flat(&mut self, term: &Term, place: &mut Place, at: Span) -> Term {
        match term {
            Term::Const(_) | Term::Var(_) => term.clone(),
            Term::Array(items) => Term::Array(items.iter().map(|item| self.flat(item, place, at)).collect()),
            Term::Set(items) => Term::Set(items.iter().map(|item| self.flat(item, place, at)).collect()),
            Term::Object(entries) => {
                let entries = entries
                    .iter()
                    .map(|(key, value)| (self.flat(key, place, at), self.flat(value, place, at)));
                Term::Object(entries.collect())
            }
            Term::Ref(reference) => {
                let reference = self.shallow(reference, place);
                let var = self.fresh(reference.at);
                self.lookup(&reference, Out::Match(Pattern::Bind(var)), place, reference.at);
                place.bound.insert(var);
                Term::Var(var)
            }
            Term::Comprehension(inner) => Term::Var(self.comprehension(inner, place, at)),
        }
    }

    fn comprehension(&mut self, inner: &Comprehension, place: &mut Place, at: Span) -> Var {
        let mut body = self.body(&inner.body, place.bound.clone());
        let mut heads = Vec::new();
        for head in &inner.heads {
            self.check_head(head, &body.bound, at);
            heads.push(self.operand(head, &mut body, at));
        }
        let into = self.fresh(at);
        place.push(Instruction::Comprehend { shape: inner.shape, heads, body: body.block, into }, at);
        place.bound.insert(into);
        into
    }

    /// Reports the variables of a head that the body gives no value to.
    pub(crate) fn check_head(&mut self, head: &Term, bound: &Vars, at: Span) {
        if !self.problems.is_empty() || vars::all_in(head, bound) {
            return;
        }
        for var in vars::of_term(head).minus(bound).iter() {
            let Some(variable) = self.variables.get(var as usize) else { continue };
            let message = format!("var {} is unsafe", variable.label(var));
            let at = if variable.name.is_none() { at } else { variable.at };
            self.problems.push(Problem { code: "rego_unsafe_var_error", at, message, details: Vec::new() });
        }
    }

    /// Writes what is needed for a value, and returns it.
    pub(crate) fn operand(&mut self, term: &Term, place: &mut Place, at: Span) -> Op {
        match term {
            Term::Const(value) => Op::Const(value.clone()),
            Term::Var(var) => Op::Slot(*var),
            Term::Array(items) => Op::Array(items.iter().map(|item| self.operand(item, place, at)).collect()),
            Term::Set(items) => Op::Set(items.iter().map(|item| self.operand(item, place, at)).collect()),
            Term::Object(entries) => {
                let entries = entries
                    .iter()
                    .map(|(key, value)| (self.operand(key, place, at), self.operand(value, place, at)));
                Op::Object(entries.collect())
            }
            Term::Ref(_) | Term::Comprehension(_) => op(&self.flat(term, place, at)),
        }
    }

    pub(super) fn lookup(&mut self, reference: &Ref, out: Out, place: &mut Place, literal: Span) {
        let origin = match reference.root {
            Root::Input => Origin::Input,
            Root::Data => Origin::Data,
            Root::Var(var) => Origin::Op(Op::Slot(var)),
        };
        let mut steps = Vec::with_capacity(reference.steps.len());
        for step in &reference.steps {
            steps.push(match vars::all_in(step, &place.bound) {
                true => Step::At(op(step)),
                false => Step::Each(self.pattern(step, place)),
            });
        }
        place.push(Instruction::Lookup { origin, steps, out, at: reference.at }, literal);
    }

    /// Makes a pattern; its variables have values from here on.
    pub(crate) fn pattern(&mut self, term: &Term, place: &mut Place) -> Pattern {
        match term {
            Term::Var(var) => match place.bound.insert(*var) {
                true => {
                    let unnamed = self.variables.get(*var as usize).is_some_and(Variable::is_unnamed);
                    if unnamed { Pattern::Any } else { Pattern::Bind(*var) }
                }
                false => Pattern::Is(Op::Slot(*var)),
            },
            Term::Array(items) if !vars::all_in(term, &place.bound) => {
                Pattern::Array(items.iter().map(|item| self.pattern(item, place)).collect())
            }
            Term::Object(entries) if !vars::all_in(term, &place.bound) => Pattern::Object(
                entries.iter().map(|(key, value)| (op(key), self.pattern(value, place))).collect(),
            ),
            other => Pattern::Is(op(other)),
        }
    }
}

/// Takes a term whose variables have values, and without lookups, as an operand.
pub(crate) fn op(term: &Term) -> Op {
    match term {
        Term::Const(value) => Op::Const(value.clone()),
        Term::Var(var) => Op::Slot(*var),
        Term::Array(items) => Op::Array(items.iter().map(op).collect()),
        Term::Set(items) => Op::Set(items.iter().map(op).collect()),
        Term::Object(entries) => {
            Op::Object(entries.iter().map(|(key, value)| (op(key), op(value))).collect())
        }
        // Taken out before; a term that is left here never has a value.
        Term::Ref(_) | Term::Comprehension(_) => Op::Const(Value::Null),
    }
}

/// Chooses the place of what is negated: it knows what was taken out of it before.
pub(super) fn inside<'p>(inner: Option<&'p mut Place>, place: &'p mut Place) -> &'p mut Place {
    match inner {
        Some(inner) => {
            inner.bound.extend(&place.bound);
            inner
        }
        None => place,
    }
}
