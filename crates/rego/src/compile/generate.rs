//! Ordered core literals to instructions.
//!
//! While it writes, it knows which variables have values at this place. So the evaluator never has to ask.

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

    fn push(&mut self, instruction: Instruction, at: Span) {
        self.block.code.push((instruction, at));
    }
}

impl Generate<'_> {
    fn fresh(&mut self, at: Span) -> Var {
        let var = self.variables.len() as Var;
        let name = format!("__local{var}__").into();
        self.variables.push(Variable { name, at, generated: true, declared: None, uses: 0 });
        var
    }

    /// Writes a body; the variables that have values at its end are in the place.
    pub(crate) fn body(&mut self, body: &[Literal], bound: Vars) -> Place {
        let mut place = Place::new(bound);
        self.depth += 1;
        match order(body, &place.bound) {
            Ok(ordered) => {
                for at in &ordered {
                    if let Some(literal) = body.get(*at) {
                        self.literal(literal, &mut place);
                        self.note_case(literal.at, &mut place);
                    }
                }
                if !ordered.is_sorted() {
                    self.orders.insert(body.as_ptr(), ordered);
                }
            }
            Err(left) => self.report(body, &left),
        }
        self.depth -= 1;
        place
    }

    fn note_case(&mut self, at: Span, place: &mut Place) {
        let ready = |keys: &Vec<Term>| keys.iter().all(|key| vars::of_term(key).within(&place.bound));
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
                if variable.generated || !seen.insert(var) {
                    continue;
                }
                let name = if variable.name.starts_with('$') { "_" } else { variable.name.as_ref() };
                let at = body.get(*at).map_or(variable.at, |literal| literal.at);
                let at =
                    if variable.at.start >= at.start && variable.at.end <= at.end { variable.at } else { at };
                found.push(Problem {
                    code: "rego_unsafe_var_error",
                    at,
                    message: format!("var {name} is unsafe"),
                    details: Vec::new(),
                });
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
            Callee::Builtin(builtin) => Some(Function::Builtin(builtin)),
            Callee::Function(path) => self.program.find(path).map(Function::Node),
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
            Replacement::Function(callee) => {
                Some((Replaced::Function(original?, function(callee)?), Op::Const(Value::Null)))
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
    fn kind(&mut self, kind: &Kind, at: Span, place: &mut Place, inner: Option<&mut Place>) {
        match kind {
            Kind::Term(term) => match term {
                Term::Ref(reference) => {
                    let reference = self.shallow(reference, place);
                    let inside = inner.unwrap_or(place);
                    self.lookup(&reference, Out::True, inside, at);
                }
                _ => {
                    let op = self.operand(term, place, at);
                    inner.unwrap_or(place).push(Instruction::Test(op), at);
                }
            },
            Kind::Unify(left, right) | Kind::Equal(left, right) => {
                let left = self.without_lookups(left, place, at);
                let right = self.without_lookups(right, place, at);
                self.unify(left, right, at, inner.unwrap_or(place));
            }
            Kind::Call(call) => {
                let args: Vec<Op> = call.args.iter().map(|arg| self.operand(arg, place, at)).collect();
                let out = call.out.as_ref().map(|out| self.flat(out, place, at));
                let inside = inner.unwrap_or(place);
                let out = match &out {
                    Some(out) => Out::Match(self.pattern(out, inside)),
                    None => Out::True,
                };
                let instruction = match &call.callee {
                    Callee::Builtin(builtin) => Instruction::Builtin { builtin, args, out },
                    Callee::Function(path) => {
                        let Some(node) = self.program.find(path) else { return };
                        Instruction::Function { node, args, out }
                    }
                };
                inside.push(instruction, at);
            }
            Kind::Every { key, value, domain, body } => {
                let domain = self.operand(domain, place, at);
                let inside = inner.unwrap_or(place);
                let mut bound = inside.bound.clone();
                bound.insert(*key);
                bound.insert(*value);
                let body = self.body(body, bound).block;
                inside.push(Instruction::Every { key: *key, value: *value, domain, body }, at);
            }
        }
    }

    /// Takes the lookups in the steps of a reference out, but not the reference itself.
    fn shallow(&mut self, reference: &Ref, place: &mut Place) -> Ref {
        let steps = reference.steps.iter().map(|step| self.flat(step, place, reference.at)).collect();
        Ref { root: reference.root, steps, at: reference.at }
    }

    /// Takes lookups and comprehensions inside a term out; the term itself may stay one.
    fn without_lookups(&mut self, term: &Term, place: &mut Place, at: Span) -> Term {
        match term {
            Term::Ref(reference) => Term::Ref(Box::new(self.shallow(reference, place))),
            other => self.flat(other, place, at),
        }
    }

    /// Takes all lookups and comprehensions out of a term.
    fn flat(&mut self, term: &Term, place: &mut Place, at: Span) -> Term {
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
        if !self.problems.is_empty() {
            return;
        }
        for var in vars::of_term(head).minus(bound).iter() {
            let Some(variable) = self.variables.get(var as usize) else { continue };
            let name = if variable.name.starts_with('$') { "_" } else { variable.name.as_ref() };
            let message = format!("var {name} is unsafe");
            let at = if variable.generated { at } else { variable.at };
            self.problems.push(Problem { code: "rego_unsafe_var_error", at, message, details: Vec::new() });
        }
    }

    /// Writes what is needed for a value, and returns it.
    pub(crate) fn operand(&mut self, term: &Term, place: &mut Place, at: Span) -> Op {
        let flat = self.flat(term, place, at);
        op(&flat)
    }

    fn lookup(&mut self, reference: &Ref, out: Out, place: &mut Place, literal: Span) {
        let origin = match reference.root {
            Root::Input => Origin::Input,
            Root::Data => Origin::Data,
            Root::Var(var) => Origin::Op(Op::Slot(var)),
        };
        let mut steps = Vec::with_capacity(reference.steps.len());
        for step in &reference.steps {
            steps.push(match vars::of_term(step).within(&place.bound) {
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
                    let unnamed =
                        self.variables.get(*var as usize).is_some_and(|var| var.name.starts_with('$'));
                    if unnamed { Pattern::Any } else { Pattern::Bind(*var) }
                }
                false => Pattern::Is(Op::Slot(*var)),
            },
            Term::Array(items) if !vars::of_term(term).within(&place.bound) => {
                Pattern::Array(items.iter().map(|item| self.pattern(item, place)).collect())
            }
            Term::Object(entries) if !vars::of_term(term).within(&place.bound) => Pattern::Object(
                entries.iter().map(|(key, value)| (op(key), self.pattern(value, place))).collect(),
            ),
            other => Pattern::Is(op(other)),
        }
    }

    fn unify(&mut self, left: Term, right: Term, at: Span, place: &mut Place) {
        let mut work = vec![(left, right)];
        while !work.is_empty() {
            let mut waiting = Vec::new();
            let before = work.len();
            let mut moved = false;
            for (left, right) in work {
                match self.unify_pair(left, right, at, place) {
                    Pair::Done => moved = true,
                    Pair::Parts(mut parts) => {
                        moved = true;
                        waiting.append(&mut parts);
                    }
                    Pair::Waits(left, right) => waiting.push((left, right)),
                }
            }
            work = waiting;
            if !moved && work.len() >= before {
                let message = "unification has no variable to start with";
                self.problems.push(Problem {
                    code: "rego_unsafe_var_error",
                    at,
                    message: message.to_string(),
                    details: Vec::new(),
                });
                return;
            }
        }
    }

    fn unify_pair(&mut self, left: Term, right: Term, at: Span, place: &mut Place) -> Pair {
        let ready = |term: &Term, bound: &Vars| match term {
            Term::Ref(reference) => !matches!(reference.root, Root::Var(var) if !bound.contains(var)),
            other => vars::of_term(other).within(bound),
        };
        match (left, right) {
            (Term::Array(a), Term::Array(b)) => match a.len() == b.len() {
                true => Pair::Parts(a.into_iter().zip(b).collect()),
                false => self.never(at, place),
            },
            (Term::Object(a), Term::Object(b)) => self.unify_objects(a, b, at, place),
            (Term::Ref(a), b) if ready(&Term::Ref(a.clone()), &place.bound) => {
                // Two references: the second one is looked up first, so that the first can be compared with it.
                let b = match b {
                    Term::Ref(b) if ready(&Term::Ref(b.clone()), &place.bound) => {
                        self.flat(&Term::Ref(b), place, at)
                    }
                    Term::Ref(b) => return Pair::Waits(Term::Ref(a), Term::Ref(b)),
                    b => b,
                };
                let origin_at = place.block.code.len();
                self.lookup(&a, Out::True, place, at);
                let pattern = self.pattern(&b, place);
                if let Some((Instruction::Lookup { out, .. }, _)) = place.block.code.get_mut(origin_at) {
                    *out = Out::Match(pattern);
                }
                Pair::Done
            }
            (a, Term::Ref(b)) if ready(&Term::Ref(b.clone()), &place.bound) => {
                self.unify_pair(Term::Ref(b), a, at, place)
            }
            (a, b) if ready(&a, &place.bound) && !matches!(a, Term::Ref(_)) => {
                let pattern = self.pattern(&b, place);
                place.push(Instruction::Match { value: op(&a), pattern }, at);
                Pair::Done
            }
            (a, b) if ready(&b, &place.bound) && !matches!(b, Term::Ref(_)) => {
                let pattern = self.pattern(&a, place);
                place.push(Instruction::Match { value: op(&b), pattern }, at);
                Pair::Done
            }
            (Term::Array(items), Term::Const(Value::Array(values)))
            | (Term::Const(Value::Array(values)), Term::Array(items)) => match items.len() == values.len() {
                true => {
                    let values = values.iter().cloned().map(Term::Const);
                    Pair::Parts(items.into_iter().zip(values).collect())
                }
                false => self.never(at, place),
            },
            (a, b) => Pair::Waits(a, b),
        }
    }

    fn unify_objects(
        &mut self,
        a: Vec<(Term, Term)>,
        b: Vec<(Term, Term)>,
        at: Span,
        place: &mut Place,
    ) -> Pair {
        let matched = a.iter().all(|(key, _)| b.iter().any(|(other, _)| other.is_same_key(key)));
        let constant = |entries: &[(Term, Term)]| entries.iter().all(|(key, _)| key.as_const().is_some());
        let pairs_up = matched && a.len() == b.len();
        let known = pairs_up || (constant(&a) && constant(&b));
        if !known {
            // Keys with variables: one side has to be a value.
            return match (Term::Object(a), Term::Object(b)) {
                (a, b) if vars::of_term(&a).within(&place.bound) => {
                    let pattern = self.pattern(&b, place);
                    place.push(Instruction::Match { value: op(&a), pattern }, at);
                    Pair::Done
                }
                (a, b) if vars::of_term(&b).within(&place.bound) => {
                    let pattern = self.pattern(&a, place);
                    place.push(Instruction::Match { value: op(&b), pattern }, at);
                    Pair::Done
                }
                (a, b) => Pair::Waits(a, b),
            };
        }
        let mut parts = Vec::new();
        for (key, value) in &a {
            match b.iter().find(|(other, _)| other.is_same_key(key)) {
                Some((_, other)) => parts.push((value.clone(), other.clone())),
                None => return self.never(at, place),
            }
        }
        match a.len() == b.len() {
            true => Pair::Parts(parts),
            false => self.never(at, place),
        }
    }

    fn never(&mut self, at: Span, place: &mut Place) -> Pair {
        place.push(Instruction::Test(Op::Const(Value::Bool(false))), at);
        Pair::Parts(Vec::new())
    }
}

enum Pair {
    Done,
    Parts(Vec<(Term, Term)>),
    Waits(Term, Term),
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
