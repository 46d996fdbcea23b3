//! Whether functions are given what they take.

use std::borrow::Cow;
use std::sync::Arc;

use crate::builtins::Builtin;
use crate::builtins::signatures::signature;
use crate::compile::core::{Call, Callee, Literal, Replacement, Root, Shape, Target, Term};
use crate::compile::error::Problem;
use crate::syntax::Span;

use super::check::{Env, problem};
use super::show::arguments;
use super::unify::unifies;
use super::{Fields, Rest, Signature, Type};

impl Env<'_> {
    /// Checks what a function is given; returns what is wrong, and whether that comes from a type that is not known.
    pub(super) fn call(&mut self, call: &Call, at: Span) -> Option<(Problem, bool)> {
        let known = self.known;
        let signature = match &call.callee {
            Callee::Builtin(builtin) if builtin.name == "print" => return None,
            Callee::Builtin(builtin) => signature(builtin.name)?,
            Callee::Function(node) => known.functions.get(*node)?.as_ref()?,
        };
        if let Callee::Builtin(builtin) = &call.callee
            && builtin.deprecated
        {
            let message = format!("deprecated built-in function calls in expression: {}", builtin.name);
            self.deprecated.push(problem(at, message, Vec::new()));
        }
        let terms = || call.args.iter().chain(&call.out);
        for (term, of) in terms().zip(signature.args.iter().chain([&signature.result])) {
            // To unify a container with one of several types adds to what its variables may be.
            let known = matches!(term, Term::Array(_) | Term::Set(_) | Term::Object(_))
                .then(|| self.of(term))
                .flatten();
            if known.is_some_and(|known| !unifies(&known, of)) || !self.unify_type(term, of, false) {
                let have: Vec<Option<Type>> = terms().map(|term| self.of(term)).collect();
                let message = format!("{}: invalid argument(s)", self.callee_name(&call.callee));
                return Some(clash(at, message, &have, signature.shown()));
            }
        }
        None
    }

    /// Checks that functions take what those that they replace are given.
    pub(super) fn replacements(&self, literal: &Literal) -> Option<(Problem, bool)> {
        literal.with.iter().find_map(|(target, replacement)| {
            let Replacement::Function(by, at) = replacement else { return None };
            let replaced = match target {
                Target::Builtin(builtin) => Callee::Builtin(builtin),
                Target::Data(path) => Callee::Function(self.program.find(path)?),
                Target::Input(_) => return None,
            };
            let (want, have) = (self.signature(&replaced)?, self.signature(by)?);
            let fits = want.args.len() == have.args.len()
                && want.args.iter().zip(&have.args).all(|(want, have)| unifies(want, have));
            let message = || format!("{}: arity mismatch", self.callee_name(&replaced));
            let have = || have.args.iter().cloned().map(Some).collect::<Vec<_>>();
            (!fits).then(|| clash(*at, message(), &have(), want.shown_args()))
        })
    }

    /// Returns what a function takes and returns; anything, if that is not known.
    fn signature(&self, callee: &Callee) -> Option<Cow<'_, Signature>> {
        let node = match callee {
            Callee::Builtin(builtin) => return signature(builtin.name).map(Cow::Borrowed),
            Callee::Function(node) => *node,
        };
        match self.known.functions.get(node).and_then(Option::as_ref) {
            Some(known) => Some(Cow::Borrowed(known)),
            None => {
                let args = vec![Type::any(); self.program.nodes.get(node)?.arity?];
                Some(Cow::Owned(Signature { args, result: Type::any(), names: Vec::new() }))
            }
        }
    }

    fn callee_name(&self, callee: &Callee) -> String {
        match callee {
            Callee::Builtin(builtin) => builtin.name.to_string(),
            Callee::Function(node) => self.program.name(*node),
        }
    }
}

/// Says what a function was given, and what it takes; and whether something that it was given is not known.
fn clash(at: Span, message: String, have: &[Option<Type>], want: String) -> (Problem, bool) {
    let details = vec![format!("have: {}", arguments(have)), format!("want: {want}")];
    (problem(at, message, details), have.iter().any(Option::is_none))
}

/// Says that a builtin was given too much or too little; `value` if its value is used, too.
///
/// That is found before anything is known of variables and rules.
pub(crate) fn wrong_arity(builtin: &Builtin, args: Vec<Term>, value: bool, at: Span) -> Problem {
    let mut have: Vec<Option<Type>> = args.iter().map(apart).collect();
    if value {
        have.push(None);
    }
    let want = signature(builtin.name).map(Signature::shown_args).unwrap_or_default();
    clash(at, format!("{}: arity mismatch", builtin.name), &have, want).0
}

/// Returns the type of a term apart from all others; nothing if it hangs on a variable.
fn apart(term: &Term) -> Option<Type> {
    let inside = |term: &Term| apart(term).unwrap_or_else(Type::any);
    Some(match term {
        Term::Const(value) => Type::of(value),
        Term::Var(_) => return None,
        Term::Ref(reference) => match reference.root {
            Root::Input | Root::Data => Type::any(),
            Root::Var(_) => return None,
        },
        Term::Array(items) => Type::tuple(items.iter().map(inside).collect()),
        Term::Set(items) => Type::set_of(items.iter().map(inside).reduce(Type::or).unwrap_or_else(Type::any)),
        Term::Object(entries) => {
            let (mut fixed, mut rest): (Fields, Rest) = (Vec::new(), None);
            for (key, value) in entries {
                match key.as_const() {
                    Some(key) => fixed.push((key, inside(value))),
                    None => rest = Some((inside(key), inside(value))),
                }
            }
            fixed.sort_by(|a, b| a.0.cmp(&b.0));
            Type::Object(Arc::new((fixed, rest)))
        }
        Term::Comprehension(inner) => {
            let head = |at: usize| inner.heads.get(at).map_or_else(Type::any, inside);
            match inner.shape {
                Shape::Array => Type::array_of(head(0)),
                Shape::Set => Type::set_of(head(0)),
                Shape::Object => Type::object_of(head(0), head(1)),
            }
        }
    })
}
