//! Sets of variables, and which variables a part of a rule has.

use super::core::{Comprehension, Kind, Literal, Root, Term, Var};

/// A set of variables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Vars {
    words: Vec<u64>,
}

impl Vars {
    pub(crate) fn insert(&mut self, var: Var) -> bool {
        let (word, bit) = (var as usize / 64, 1u64 << (var % 64));
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        match self.words.get_mut(word) {
            Some(word) => {
                let new = *word & bit == 0;
                *word |= bit;
                new
            }
            None => false,
        }
    }

    pub(crate) fn contains(&self, var: Var) -> bool {
        self.words.get(var as usize / 64).is_some_and(|word| word & (1u64 << (var % 64)) != 0)
    }

    pub(crate) fn extend(&mut self, other: &Vars) {
        if other.words.len() > self.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        for (mine, theirs) in self.words.iter_mut().zip(&other.words) {
            *mine |= theirs;
        }
    }

    pub(crate) fn minus(&self, other: &Vars) -> Vars {
        let theirs = other.words.iter().copied().chain(std::iter::repeat(0));
        Vars { words: self.words.iter().zip(theirs).map(|(mine, theirs)| mine & !theirs).collect() }
    }

    pub(crate) fn and(&self, other: &Vars) -> Vars {
        Vars { words: self.words.iter().zip(&other.words).map(|(mine, theirs)| mine & theirs).collect() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub(crate) fn within(&self, other: &Vars) -> bool {
        self.minus(other).is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Var> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            (0..64u32).filter(move |bit| word & (1u64 << bit) != 0).map(move |bit| at as u32 * 64 + bit)
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
pub(crate) fn of_literal(literal: &Literal) -> Vars {
    let mut vars = Vars::default();
    literal.each_term(&mut |term| add(term, &mut vars));
    vars
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
    if let Kind::Every { key, value, body, .. } = &literal.kind {
        let mut inner = Vars::default();
        for literal in body {
            inner.extend(&of_literal(literal));
            closures(literal, &mut inner);
        }
        let mut own = Vars::default();
        own.insert(*key);
        own.insert(*value);
        vars.extend(&inner.minus(&own));
    }
}

/// All variables of a comprehension, inner closures included.
pub(crate) fn of_comprehension(inner: &Comprehension, vars: &mut Vars) {
    for literal in &inner.body {
        vars.extend(&of_literal(literal));
        closures(literal, vars);
    }
    for head in &inner.heads {
        vars.extend(&of_term(head));
    }
}
