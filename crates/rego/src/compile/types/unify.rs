//! Whether a value can be of two types.

use crate::Value;
use crate::compile::core::Term;

use super::check::Env;
use super::select::select;
use super::{Fields, Rest, Type};

/// Tells whether there can be a value of both types.
pub(super) fn unifies(a: &Type, b: &Type) -> bool {
    match (a, b) {
        (Type::Any(types), other) | (other, Type::Any(types)) => {
            types.is_empty() || types.iter().any(|inner| unifies(inner, other))
        }
        (Type::Array(a), Type::Array(b)) => {
            let at = |of: &(Vec<Type>, Option<Type>), at: usize| of.0.get(at).or(of.1.as_ref()).cloned();
            (0..a.0.len().max(b.0.len()))
                .all(|index| at(a, index).zip(at(b, index)).is_some_and(|(a, b)| unifies(&a, &b)))
                && both(a.1.as_ref(), b.1.as_ref())
        }
        (Type::Object(a), Type::Object(b)) => {
            // Where the entries of one are not all known, those of the other need not be in it.
            let open = a.1.is_some() || b.1.is_some();
            let fits = |one: &(Fields, Rest), other: &Type, seen: &Fields| {
                one.0.iter().all(|(key, value)| match select(other, key) {
                    // Each pair of entries is looked at once: twice would be doubled by every level.
                    Some(_) if seen.iter().any(|(known, _)| known == key) => true,
                    Some(found) => unifies(value, &found),
                    None => open,
                })
            };
            let rest = both(a.1.as_ref().map(|rest| &rest.1), b.1.as_ref().map(|rest| &rest.1));
            fits(a, &Type::Object(b.clone()), &Vec::new()) && fits(b, &Type::Object(a.clone()), &a.0) && rest
        }
        (Type::Set(a), Type::Set(b)) => unifies(a, b),
        (a, b) => a == b,
    }
}

fn both(a: Option<&Type>, b: Option<&Type>) -> bool {
    a.zip(b).is_none_or(|(a, b)| unifies(a, b))
}

/// Tells whether a value that is written down is of a type.
fn holds(value: &Value, of: &Type) -> bool {
    match (value, of) {
        (_, Type::Any(types)) => types.is_empty() || types.iter().any(|inner| holds(value, inner)),
        (Value::Array(items), Type::Array(parts)) => {
            let (first, rest) = parts.as_ref();
            let of = |at: usize| first.get(at).or(rest.as_ref());
            (items.len() == first.len() || rest.is_some())
                && items.iter().enumerate().all(|(at, item)| of(at).is_some_and(|of| holds(item, of)))
        }
        (Value::Set(items), Type::Set(member)) => items.iter().all(|item| holds(item, member)),
        (Value::Object(entries), Type::Object(parts)) => {
            (entries.len() == parts.0.len() || parts.1.is_some())
                && entries.iter().all(|(key, value)| select(of, key).is_some_and(|of| holds(value, &of)))
        }
        (value, of) => unifies(&Type::of(value), of),
    }
}

impl Env<'_> {
    /// Unifies a term with a type: variables without a type get it; `union` adds it to what they have.
    pub(super) fn unify_type(&mut self, term: &Term, with: &Type, union: bool) -> bool {
        match term {
            Term::Var(var) => {
                match self.known(*var) {
                    Some(known) if union => {
                        let both = known.clone().or(with.clone());
                        self.set(*var, both);
                    }
                    Some(known) => return unifies(known, with),
                    None => self.set(*var, with.clone()),
                }
                true
            }
            Term::Array(items) => match with {
                Type::Array(parts) => {
                    if items.len() != parts.0.len() && parts.1.is_none() {
                        return false;
                    }
                    items.iter().enumerate().all(|(at, item)| match parts.0.get(at).or(parts.1.as_ref()) {
                        Some(inner) => self.unify_type(item, inner, union),
                        None => false,
                    })
                }
                Type::Any(types) => self.unify_any(term, types, items.iter().collect()),
                _ => false,
            },
            Term::Set(items) => match with {
                Type::Set(member) => items.iter().all(|item| self.unify_type(item, member, union)),
                Type::Any(types) => self.unify_any(term, types, items.iter().collect()),
                _ => false,
            },
            Term::Object(entries) => match with {
                Type::Object(parts) => {
                    if entries.len() != parts.0.len() && parts.1.is_none() {
                        return false;
                    }
                    entries.iter().all(|(key, value)| match key.as_const() {
                        Some(key) => {
                            select(with, &key).is_some_and(|inner| self.unify_type(value, &inner, union))
                        }
                        None => {
                            self.unify_type(value, &Type::any(), union);
                            true
                        }
                    })
                }
                Type::Any(types) => {
                    let inside = entries.iter().flat_map(|(key, value)| [key, value]).collect();
                    self.unify_any(term, types, inside)
                }
                _ => false,
            },
            Term::Const(value) => holds(value, with),
            Term::Ref(_) | Term::Comprehension(_) => self.of(term).is_some_and(|known| unifies(&known, with)),
        }
    }

    fn unify_any(&mut self, term: &Term, types: &[Type], inside: Vec<&Term>) -> bool {
        if types.is_empty() {
            for term in inside {
                self.unify_type(term, &Type::any(), true);
            }
            return true;
        }
        let mut any = false;
        for inner in types {
            any |= self.unify_type(term, inner, true);
        }
        any
    }

    /// Unifies two terms.
    fn unify_terms(&mut self, a: &Term, b: &Term) -> bool {
        let (left, right) = (self.of(a), self.of(b));
        self.unify_known(a, left.as_ref(), b, right.as_ref())
    }

    /// Unifies two terms whose types are these, as far as they are known.
    pub(super) fn unify_known(
        &mut self,
        a: &Term,
        left: Option<&Type>,
        b: &Term,
        right: Option<&Type>,
    ) -> bool {
        match (left, right) {
            (Some(left), Some(right)) => return unifies(left, right),
            (None, Some(known)) => return self.unify_type(a, known, false),
            (Some(known), None) => return self.unify_type(b, known, false),
            (None, None) => {}
        }
        match (a, b) {
            (Term::Array(a), Term::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.unify_terms(a, b))
            }
            (Term::Object(a), Term::Object(b)) => {
                a.len() == b.len()
                    && a.iter().all(|(key, value)| {
                        let other = b.iter().find(|(other, _)| other.is_same_key(key));
                        other.is_none_or(|(_, other)| self.unify_terms(value, other))
                    })
            }
            (a, b) => {
                self.unify_type(a, &Type::any(), false);
                let known = self.of(a).unwrap_or_else(Type::any);
                self.unify_type(b, &known, false)
            }
        }
    }
}
