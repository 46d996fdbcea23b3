//! Unification to instructions: which side is looked up or put together, and which is matched with it.

use crate::Value;
use crate::syntax::Span;

use super::core::{Ref, Root, Term};
use super::error::Problem;
use super::generate::{Generate, Place, inside, op};
use super::ir::{Instruction, Op, Out};
use super::vars::{self, Vars};

impl Generate<'_> {
    /// Unifies a reference without anything to work out in it and a variable or constant, or a new variable and
    /// what has a value, which is what most unifications are; false if these are others.
    pub(super) fn unify_simple(
        &mut self,
        left: &Term,
        right: &Term,
        at: Span,
        place: &mut Place,
        inner: &mut Option<&mut Place>,
    ) -> bool {
        if let (Term::Var(var), other) | (other, Term::Var(var)) = (left, right)
            && !matches!(other, Term::Ref(_))
            && !place.bound.contains(*var)
            && vars::all_in(other, &place.bound)
        {
            let value = self.operand(other, place, at);
            let place = inside(inner.as_deref_mut(), place);
            let pattern = self.pattern(&Term::Var(*var), place);
            place.push(Instruction::Match { value, pattern }, at);
            return true;
        }
        let (reference, other) = match (left, right) {
            (Term::Ref(reference), other @ (Term::Var(_) | Term::Const(_)))
            | (other @ (Term::Var(_) | Term::Const(_)), Term::Ref(reference)) => (reference, other),
            _ => return false,
        };
        let place = match inner {
            Some(inner) => inner,
            None => place,
        };
        let begins = !matches!(reference.root, Root::Var(var) if !place.bound.contains(var));
        if !begins || !reference.is_shallow() {
            return false;
        }
        self.look_up_and_match(reference, other, at, place);
        true
    }

    /// Looks a reference up, and matches what is there with a term.
    fn look_up_and_match(&mut self, reference: &Ref, term: &Term, at: Span, place: &mut Place) {
        let lookup = place.block.code.len();
        self.lookup(reference, Out::True, place, at);
        let pattern = self.pattern(term, place);
        if let Some((Instruction::Lookup { out, .. }, _)) = place.block.code.get_mut(lookup) {
            *out = Out::Match(pattern);
        }
    }

    pub(super) fn unify(&mut self, left: Term, right: Term, at: Span, place: &mut Place) {
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
        let begins = |of: &Ref, bound: &Vars| !matches!(of.root, Root::Var(var) if !bound.contains(var));
        let ready = |term: &Term, bound: &Vars| match term {
            Term::Ref(reference) => begins(reference, bound),
            other => vars::all_in(other, bound),
        };
        match (left, right) {
            (Term::Array(a), Term::Array(b)) => match a.len() == b.len() {
                true => Pair::Parts(a.into_iter().zip(b).collect()),
                false => self.never(at, place),
            },
            (Term::Object(a), Term::Object(b)) => self.unify_objects(a, b, at, place),
            (Term::Ref(a), b) if begins(&a, &place.bound) => {
                // Two references: the second one is looked up first, so that the first can be compared with it.
                let b = match b {
                    Term::Ref(b) if begins(&b, &place.bound) => self.flat(&Term::Ref(b), place, at),
                    Term::Ref(b) => return Pair::Waits(Term::Ref(a), Term::Ref(b)),
                    b => b,
                };
                self.look_up_and_match(&a, &b, at, place);
                Pair::Done
            }
            (a, Term::Ref(b)) if begins(&b, &place.bound) => self.unify_pair(Term::Ref(b), a, at, place),
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
                (a, b) if vars::all_in(&a, &place.bound) => {
                    let pattern = self.pattern(&b, place);
                    place.push(Instruction::Match { value: op(&a), pattern }, at);
                    Pair::Done
                }
                (a, b) if vars::all_in(&b, &place.bound) => {
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
