//! The language in its core form: names resolved, nested calls taken out into literals of their own.

use crate::Value;
use crate::builtins::Builtin;
use crate::syntax::Span;

use super::ir::NodeId;

/// A variable of a rule; also its place in the frame when the rule runs.
pub(crate) type Var = u32;

#[derive(Debug, Clone)]
pub(crate) enum Term {
    Const(Value),
    Var(Var),
    Array(Vec<Term>),
    Object(Vec<(Term, Term)>),
    Set(Vec<Term>),
    Ref(Box<Ref>),
    Comprehension(Box<Comprehension>),
}

#[derive(Debug, Clone)]
pub(crate) struct Ref {
    pub(crate) root: Root,
    pub(crate) steps: Vec<Term>,
    pub(crate) at: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Root {
    Input,
    Data,
    Var(Var),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Array,
    Set,
    Object,
}

#[derive(Debug, Clone)]
pub(crate) struct Comprehension {
    pub(crate) shape: Shape,
    /// One head, or key and value.
    pub(crate) heads: Vec<Term>,
    pub(crate) body: Vec<Literal>,
}

#[derive(Debug, Clone)]
pub(crate) struct Literal {
    pub(crate) kind: Kind,
    pub(crate) negated: bool,
    pub(crate) with: Vec<(Target, Replacement)>,
    pub(crate) at: Span,
}

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Term(Term),
    Unify(Term, Term),
    /// `:=`: like unification, but gives no value to variables at its right.
    Assign(Term, Term),
    /// `==`: like unification, but binds nothing.
    Equal(Term, Term),
    Call(Call),
    Every {
        key: Var,
        value: Var,
        domain: Term,
        body: Vec<Literal>,
    },
    /// Holds if the body has no solution.
    None {
        body: Vec<Literal>,
        /// The body gives no value to named variables.
        closed: bool,
    },
}

#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) callee: Callee,
    pub(crate) args: Vec<Term>,
    /// What the result is unified with; without it the result has to be true.
    pub(crate) out: Option<Term>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Callee {
    Builtin(&'static Builtin),
    Function(NodeId),
}

/// What `with` puts in the place of its target.
#[derive(Debug, Clone)]
pub(crate) enum Replacement {
    Value(Term),
    /// A function, and where the target is named.
    Function(Callee, Span),
}

/// What `with` replaces.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    Input(Vec<Value>),
    Data(Vec<Value>),
    Builtin(&'static Builtin),
}

impl Term {
    /// Calls `visit` for every term, parents first; comprehensions are visited but not entered.
    pub(crate) fn each<'t>(&'t self, visit: &mut dyn FnMut(&'t Term)) {
        visit(self);
        match self {
            Term::Const(_) | Term::Var(_) | Term::Comprehension(_) => {}
            Term::Array(items) | Term::Set(items) => items.iter().for_each(|item| item.each(visit)),
            Term::Object(entries) => {
                for (key, value) in entries {
                    key.each(visit);
                    value.each(visit);
                }
            }
            Term::Ref(reference) => reference.steps.iter().for_each(|step| step.each(visit)),
        }
    }

    /// Tells whether evaluating it may fail, or take more than putting values together.
    pub(crate) fn needs_evaluation(&self) -> bool {
        if let Term::Const(_) | Term::Var(_) = self {
            return false;
        }
        let mut needs = false;
        self.each(&mut |term| needs |= matches!(term, Term::Ref(_) | Term::Comprehension(_)));
        needs
    }

    /// Tells whether two keys are the same constant or the same variable.
    pub(crate) fn is_same_key(&self, other: &Term) -> bool {
        match (self, other) {
            (Term::Var(a), Term::Var(b)) => a == b,
            (Term::Const(a), Term::Const(b)) => a == b,
            _ => self.as_const().is_some_and(|key| other.as_const() == Some(key)),
        }
    }

    /// Returns the value of a term without variables.
    pub(crate) fn as_const(&self) -> Option<Value> {
        match self {
            Term::Const(value) => Some(value.clone()),
            Term::Array(items) => {
                Some(Value::array(items.iter().map(Term::as_const).collect::<Option<_>>()?))
            }
            Term::Set(items) => Some(Value::set(items.iter().map(Term::as_const).collect::<Option<_>>()?)),
            Term::Object(entries) => {
                let entries = entries.iter().map(|(key, value)| Some((key.as_const()?, value.as_const()?)));
                Some(Value::object(entries.collect::<Option<_>>()?))
            }
            Term::Var(_) | Term::Ref(_) | Term::Comprehension(_) => None,
        }
    }
}

impl Ref {
    /// Tells whether all steps are constants.
    pub(crate) fn is_constant(&self) -> bool {
        self.steps.iter().all(|step| matches!(step, Term::Const(_)))
    }

    /// Tells whether all steps are constants and variables.
    pub(crate) fn is_shallow(&self) -> bool {
        self.steps.iter().all(|step| matches!(step, Term::Const(_) | Term::Var(_)))
    }
}

impl Literal {
    pub(crate) fn new(kind: Kind, at: Span) -> Self {
        Literal { kind, negated: false, with: Vec::new(), at }
    }

    /// Calls `visit` for the terms of the literal outside of closures.
    pub(crate) fn each_term<'t>(&'t self, visit: &mut dyn FnMut(&'t Term)) {
        match &self.kind {
            Kind::Term(term) => term.each(visit),
            Kind::Unify(left, right) | Kind::Assign(left, right) | Kind::Equal(left, right) => {
                left.each(visit);
                right.each(visit);
            }
            Kind::Call(call) => {
                call.args.iter().for_each(|arg| arg.each(visit));
                call.out.iter().for_each(|out| out.each(visit));
            }
            Kind::Every { domain, .. } => domain.each(visit),
            Kind::None { .. } => {}
        }
        for (_, replacement) in &self.with {
            if let Replacement::Value(value) = replacement {
                value.each(visit);
            }
        }
    }
}
