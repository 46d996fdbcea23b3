//! Sets of variables, and which variables a part of a rule has.

use super::core::{Comprehension, Kind, Literal, Root, Term, Var};

/// A set of variables; of the first 64, which is nearly always all, without memory of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Vars {
    first: u64,
    more: Vec<u64>,
}

impl Vars {
    #[inline]
    pub(crate) fn insert(&mut self, var: Var) -> bool {
        let (word, bit) = (var as usize / 64, 1u64 << (var % 64));
        if word > self.more.len() {
            self.more.resize(word, 0);
        }
        let word = match word {
            0 => Some(&mut self.first),
            _ => self.more.get_mut(word - 1),
        };
        word.is_some_and(|word| {
            let new = *word & bit == 0;
            *word |= bit;
            new
        })
    }

    #[inline]
    pub(crate) fn contains(&self, var: Var) -> bool {
        let word = match var as usize / 64 {
            0 => Some(&self.first),
            word => self.more.get(word - 1),
        };
        word.is_some_and(|word| word & (1u64 << (var % 64)) != 0)
    }

    #[inline]
    pub(crate) fn extend(&mut self, other: &Vars) {
        self.first |= other.first;
        if other.more.is_empty() {
            return;
        }
        if other.more.len() > self.more.len() {
            self.more.resize(other.more.len(), 0);
        }
        for (mine, theirs) in self.more.iter_mut().zip(&other.more) {
            *mine |= theirs;
        }
    }

    #[inline]
    pub(crate) fn minus(&self, other: &Vars) -> Vars {
        if self.more.is_empty() {
            return Vars { first: self.first & !other.first, more: Vec::new() };
        }
        let theirs = other.more.iter().copied().chain(std::iter::repeat(0));
        let more = self.more.iter().zip(theirs).map(|(mine, theirs)| mine & !theirs).collect();
        Vars { first: self.first & !other.first, more }
    }

    #[inline]
    pub(crate) fn and(&self, other: &Vars) -> Vars {
        if self.more.is_empty() {
            return Vars { first: self.first & other.first, more: Vec::new() };
        }
        let more = self.more.iter().zip(&other.more).map(|(mine, theirs)| mine & theirs).collect();
        Vars { first: self.first & other.first, more }
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.first == 0 && self.more.iter().all(|word| *word == 0)
    }

    #[inline]
    pub(crate) fn within(&self, other: &Vars) -> bool {
        if self.more.is_empty() {
            return self.first & !other.first == 0;
        }
        let theirs = other.more.iter().copied().chain(std::iter::repeat(0));
        self.first & !other.first == 0
            && self.more.iter().zip(theirs).all(|(mine, theirs)| mine & !theirs == 0)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Var> + '_ {
        std::iter::once(&self.first).chain(&self.more).enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(at as u32 * 64 + bit)
            })
        })
    }
}

fn add(term: &Term, vars: &mut Vars) {
    match term {
        Term::Var(var) => {
            vars.insert(*var);
        }
        Term::Ref(reference) => {
            if let Root::Var(var) = reference.root {
                vars.insert(var);
            }
        }
        _ => {}
    }
}

/// Variables of a term outside of closures.
pub(crate) fn of_term(term: &Term) -> Vars {
    let mut vars = Vars::default();
    term.each(&mut |term| add(term, &mut vars));
    vars
}

/// Variables of a literal outside of closures.
fn of_literal(literal: &Literal) -> Vars {
    outside(literal).0
}

/// Variables of a literal outside of closures, and whether it has closures.
pub(crate) fn outside(literal: &Literal) -> (Vars, bool) {
    let mut vars = Vars::default();
    let mut closures = matches!(literal.kind, Kind::Every { .. } | Kind::None { .. });
    literal.each_term(&mut |term| match term {
        Term::Var(_) | Term::Ref(_) => add(term, &mut vars),
        Term::Comprehension(_) => closures = true,
        _ => {}
    });
    (vars, closures)
}

/// Variables inside the closures of a literal, however deep.
pub(crate) fn in_closures(literal: &Literal) -> Vars {
    let mut vars = Vars::default();
    closures(literal, &mut vars);
    vars
}

fn closures(literal: &Literal, vars: &mut Vars) {
    literal.each_term(&mut |term| {
        if let Term::Comprehension(inner) = term {
            of_comprehension(inner, vars);
        }
    });
    match &literal.kind {
        Kind::Every { key, value, body, .. } => {
            let mut inner = Vars::default();
            of_body(body, &mut inner);
            let mut own = Vars::default();
            own.insert(*key);
            own.insert(*value);
            vars.extend(&inner.minus(&own));
        }
        Kind::None { body, .. } => of_body(body, vars),
        Kind::Term(_) | Kind::Unify(..) | Kind::Assign(..) | Kind::Equal(..) | Kind::Call(_) => {}
    }
}

/// Adds the variables of a body, inner closures included.
fn of_body(body: &[Literal], vars: &mut Vars) {
    for literal in body {
        vars.extend(&of_literal(literal));
        closures(literal, vars);
    }
}

/// All variables of a comprehension, inner closures included.
pub(crate) fn of_comprehension(inner: &Comprehension, vars: &mut Vars) {
    of_body(&inner.body, vars);
    for head in &inner.heads {
        vars.extend(&of_term(head));
    }
}

/// Tells whether all variables of a term outside of closures are in a set.
pub(crate) fn all_in(term: &Term, set: &Vars) -> bool {
    match term {
        Term::Const(_) | Term::Comprehension(_) => true,
        Term::Var(var) => set.contains(*var),
        Term::Array(items) | Term::Set(items) => items.iter().all(|item| all_in(item, set)),
        Term::Object(entries) => entries.iter().all(|(key, value)| all_in(key, set) && all_in(value, set)),
        Term::Ref(reference) => {
            let root = !matches!(reference.root, Root::Var(var) if !set.contains(var));
            root && reference.steps.iter().all(|step| all_in(step, set))
        }
    }
}
