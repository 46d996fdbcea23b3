//! Types of terms, from what is known of variables and rules.

use crate::compile::core::{Comprehension, Ref, Root, Term};
use crate::compile::ir::{NodeId, Program};

use super::check::Env;
use super::select::{select, values};
use super::{Fields, Rest, Type};

/// How many rules and packages below a reference its type is made of.
const MAX_BELOW: usize = 100;

/// Where a reference begins.
pub(super) enum Start {
    At(Type, usize),
    Function(usize),
    /// Anywhere below what `with` replaces a part of.
    Open,
    Unknown,
}

impl Env<'_> {
    /// Returns the type of a term; nothing if a variable in it has none yet.
    pub(super) fn of(&self, term: &Term) -> Option<Type> {
        match term {
            Term::Const(value) => Some(Type::of(value)),
            Term::Var(var) => self.var(*var),
            Term::Array(items) => {
                Some(Type::tuple(items.iter().map(|item| self.of(item)).collect::<Option<_>>()?))
            }
            Term::Set(items) => {
                let members = items.iter().map(|item| self.of(item)).collect::<Option<Vec<_>>>()?;
                Some(Type::set_of(members.into_iter().reduce(Type::or).unwrap_or_else(Type::any)))
            }
            Term::Object(entries) => self.of_object(entries),
            Term::Ref(reference) => Some(self.of_reference(reference)),
            Term::Comprehension(inner) => {
                let at: *const Comprehension = inner.as_ref();
                Some(self.closures.get(&at).cloned().unwrap_or_else(Type::any))
            }
        }
    }

    fn of_object(&self, entries: &[(Term, Term)]) -> Option<Type> {
        let (mut fixed, mut rest): (Fields, Rest) = (Vec::new(), None);
        for (key, value) in entries {
            let value = self.of(value)?;
            match key.as_const() {
                Some(key) => fixed.push((key, value)),
                None => {
                    let key = self.of(key)?;
                    rest = Some(match rest {
                        Some((keys, values)) => (keys.or(key), values.or(value)),
                        None => (key, value),
                    });
                }
            }
        }
        fixed.sort_by(|a, b| a.0.cmp(&b.0));
        match rest {
            None => Some(Type::record(fixed)),
            Some(rest) => Some(Type::Object(std::sync::Arc::new((fixed, Some(rest))))),
        }
    }

    /// Returns the type of what a reference finds.
    pub(super) fn of_reference(&self, reference: &Ref) -> Type {
        let (mut at, steps) = match self.start(reference) {
            Start::At(of, taken) => (of, reference.steps.iter().skip(taken)),
            Start::Unknown | Start::Open | Start::Function(_) => return Type::any(),
        };
        for step in steps {
            at = match step {
                Term::Const(key) => select(&at, key).unwrap_or_else(Type::any),
                _ => match step.as_const() {
                    Some(key) => select(&at, &key).unwrap_or_else(Type::any),
                    None => values(&at),
                },
            };
        }
        at
    }

    /// Finds out where a reference begins: a type, and how many steps lead there.
    pub(super) fn start(&self, reference: &Ref) -> Start {
        self.replaced(reference).unwrap_or_else(|| self.start_outside(reference))
    }

    /// The same where nothing is replaced by `with`.
    pub(super) fn start_outside(&self, reference: &Ref) -> Start {
        match reference.root {
            Root::Input => self.documents.input.clone().map_or(Start::Unknown, |of| Start::At(of, 0)),
            Root::Var(var) => self.var(var).map_or(Start::Unknown, |of| Start::At(of, 0)),
            Root::Data => match (self.start_in_rules(reference), &self.documents.data) {
                (Start::Function(taken), _) => Start::Function(taken),
                (_, Some(of)) => Start::At(of.clone(), 0),
                (start, None) => start,
            },
        }
    }

    fn start_in_rules(&self, reference: &Ref) -> Start {
        let mut node = Program::ROOT;
        for (taken, step) in reference.steps.iter().enumerate() {
            let child = match step {
                Term::Const(key) => self.program.child(node, key),
                _ => step.as_const().and_then(|key| self.program.child(node, &key)),
            };
            let Some(child) = child else { return Start::Unknown };
            let Some(found) = self.program.nodes.get(child) else { return Start::Unknown };
            if found.arity.is_some() {
                return Start::Function(taken);
            }
            if found.has_rules {
                // Rules below add to what the rule says.
                let known = self
                    .known
                    .rules
                    .get(child)
                    .and_then(Option::as_ref)
                    .filter(|_| found.children.is_empty());
                return known.map_or(Start::Unknown, |of| Start::At(of.clone(), taken + 1));
            }
            node = child;
        }
        let mut left = MAX_BELOW;
        Start::At(self.below(node, &mut left), reference.steps.len())
    }

    /// Returns the type of what is below a node without rules of its own: what its rules say, and any data.
    ///
    /// `left` is how many more nodes are looked at; behind them is anything.
    fn below(&self, node: NodeId, left: &mut usize) -> Type {
        let mut fixed: Fields = Vec::new();
        for (key, child) in self.program.nodes.get(node).iter().flat_map(|found| &found.children) {
            let Some(found) = self.program.nodes.get(*child).filter(|found| found.arity.is_none()) else {
                continue;
            };
            *left = left.saturating_sub(1);
            let of = match found.has_rules {
                _ if *left == 0 => return Type::any(),
                true => {
                    let known = self.known.rules.get(*child).and_then(Option::as_ref);
                    known.filter(|_| found.children.is_empty()).cloned().unwrap_or_else(Type::any)
                }
                false => self.below(*child, left),
            };
            fixed.push((key.clone(), of));
        }
        Type::Object(std::sync::Arc::new((fixed, Some((Type::String, Type::any()))))).bounded()
    }
}
