//! Goes through rules and says where types clash.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use crate::Version;
use crate::compile::Wrong;
use crate::compile::core::{Comprehension, Kind, Literal, Ref, Replacement, Shape, Term, Var};
use crate::compile::error::Problem;
use crate::compile::ir::{NodeId, Program};
use crate::compile::read::Source;
use crate::compile::scope::Variable;
use crate::syntax::Span;

use super::replaced::Replaced;
use super::scopes::{Documents, Scopes, Written};
use super::show::shown;
use super::{Signature, Type};

/// A lowered rule, ready to be checked.
pub(crate) struct Checked {
    pub(crate) node: NodeId,
    pub(crate) file: usize,
    pub(crate) args: Vec<Term>,
    pub(crate) body: Vec<Literal>,
    /// Keys below the node's path.
    pub(crate) steps: Vec<Term>,
    pub(crate) value: Term,
    pub(crate) member: bool,
    pub(crate) variables: Rc<Vec<Variable>>,
    /// Orders of bodies that are not the written ones, by where the bodies are.
    pub(crate) orders: HashMap<*const Literal, Vec<usize>>,
}

/// What is known of the rules that were checked.
pub(crate) struct Known {
    /// By node.
    pub(super) rules: Vec<Option<Type>>,
    pub(super) functions: Vec<Option<Signature>>,
}

/// Checks rules that come after those that they need.
pub(crate) struct Checker<'a> {
    known: Known,
    program: &'a Program,
    sources: &'a [Source],
    documents: Scopes<'a>,
    /// Deprecated builtins are refused in the old syntax, too.
    strict: bool,
    clashes: Vec<(usize, Problem)>,
    deprecated: Vec<(usize, Problem)>,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(
        program: &'a Program,
        sources: &'a [Source],
        documents: Scopes<'a>,
        strict: bool,
    ) -> Self {
        let nodes = program.nodes.len();
        let known = Known { rules: vec![None; nodes], functions: vec![None; nodes] };
        let (clashes, deprecated) = (Vec::new(), Vec::new());
        Checker { known, program, sources, documents, strict, clashes, deprecated }
    }

    /// Checks a rule that comes from somewhere.
    pub(crate) fn rule(&mut self, rule: &Checked, from: Written) {
        let source = self.sources.get(rule.file);
        let package = source.map(|source| source.module.package.as_slice()).unwrap_or_default();
        let found = self.documents.of(from, rule.node, package, self.program, &self.known);
        self.clashes.extend(found.problems.into_iter().map(|problem| (rule.file, problem)));
        let text = source.map_or("", |source| &source.text);
        let mut env = Env::new(rule, &self.known, self.program, found.documents, text);
        env.body(&rule.body);
        let (args, value) = env.head(rule);
        let Env { problems, deprecated, .. } = env;
        self.clashes.extend(problems.into_iter().map(|problem| (rule.file, problem)));
        if self.strict || source.is_some_and(|source| source.module.version == Version::V1) {
            self.deprecated.extend(deprecated.into_iter().map(|problem| (rule.file, problem)));
        }
        self.known.add(rule, args, value);
    }

    /// Reports what was found, if nothing else is wrong.
    pub(crate) fn finish(self, wrong: &mut Wrong) {
        for found in [self.clashes, self.deprecated] {
            if wrong.is_empty() {
                found.into_iter().for_each(|(file, problem)| wrong.push(file, problem));
            }
        }
    }
}

impl Known {
    fn add(&mut self, rule: &Checked, args: Vec<Type>, value: Type) {
        if rule.args.is_empty() {
            if let Some(known) = self.rules.get_mut(rule.node) {
                *known = Some(match known.take() {
                    Some(before) => before.or(value),
                    None => value,
                });
            }
            return;
        }
        let new = Signature { args, result: value, names: Vec::new() };
        if let Some(known) = self.functions.get_mut(rule.node) {
            *known = Some(match known.take() {
                Some(before) => before.or(new),
                None => new,
            });
        }
    }
}

/// What is known of the variables of a rule while it is checked.
pub(super) struct Env<'a> {
    pub(super) known: &'a Known,
    pub(super) program: &'a Program,
    /// What annotations say.
    pub(super) documents: Documents,
    pub(super) names: &'a [Variable],
    orders: &'a HashMap<*const Literal, Vec<usize>>,
    vars: Vec<Option<Type>>,
    /// Inside a comprehension: variables that it gave a type, and those that they had before.
    trail: Option<Vec<(Var, Option<Type>)>>,
    /// Types of comprehensions, by where they are.
    pub(super) closures: HashMap<*const Comprehension, Type>,
    /// References of the literals that are being checked; their turn comes after the comprehensions.
    waiting: Vec<&'a Ref>,
    /// What is replaced by `with`, outermost first.
    pub(super) layers: Vec<Vec<Replaced>>,
    pub(super) problems: Vec<Problem>,
    /// Calls of deprecated builtins.
    pub(super) deprecated: Vec<Problem>,
    /// The text of the file.
    text: &'a str,
}

impl<'a> Env<'a> {
    fn new(
        rule: &'a Checked,
        known: &'a Known,
        program: &'a Program,
        documents: Documents,
        text: &'a str,
    ) -> Self {
        Env {
            known,
            program,
            documents,
            names: rule.variables.as_slice(),
            orders: &rule.orders,
            vars: vec![None; rule.variables.len()],
            trail: None,
            closures: HashMap::new(),
            waiting: Vec::new(),
            layers: Vec::new(),
            problems: Vec::new(),
            deprecated: Vec::new(),
            text,
        }
    }

    /// Returns what a variable is called in messages: one of the compiler's own by the text that it stands for.
    pub(super) fn label(&self, var: Var) -> Cow<'a, str> {
        let Some(variable) = self.names.get(var as usize) else { return Cow::Borrowed("_") };
        let at = variable.at.start as usize..variable.at.end as usize;
        match self.text.get(at).filter(|text| variable.name.is_none() && !text.is_empty()) {
            Some(text) => Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")),
            None => variable.label(var),
        }
    }

    /// Returns the types of the arguments and of the value of a rule whose body was checked.
    fn head(&mut self, rule: &Checked) -> (Vec<Type>, Type) {
        if !self.problems.is_empty() {
            return (vec![Type::any(); rule.args.len()], Type::any());
        }
        rule.args.iter().for_each(|arg| self.take_any(arg));
        let of = |term: &Term| self.of(term).unwrap_or_else(Type::any);
        let args = rule.args.iter().map(of).collect();
        let mut value = of(&rule.value);
        if rule.member {
            value = Type::set_of(value);
        }
        for step in rule.steps.iter().rev() {
            value = Type::object_of(of(step), value);
        }
        (args, value)
    }

    pub(super) fn known(&self, var: Var) -> Option<&Type> {
        self.vars.get(var as usize)?.as_ref()
    }

    pub(super) fn var(&self, var: Var) -> Option<Type> {
        self.known(var).cloned()
    }

    pub(super) fn set(&mut self, var: Var, of: Type) {
        if let Some(slot) = self.vars.get_mut(var as usize) {
            let before = slot.replace(of);
            if let Some(trail) = &mut self.trail {
                trail.push((var, before));
            }
        }
    }

    /// Lets variables of an argument that the body says nothing about be anything.
    fn take_any(&mut self, arg: &Term) {
        arg.each(&mut |term| {
            if let Term::Var(var) = term
                && self.known(*var).is_none()
            {
                self.set(*var, Type::any());
            }
        });
    }

    /// Checks the literals of a body.
    fn body(&mut self, body: &'a [Literal]) {
        match self.orders.get(&body.as_ptr()) {
            None => body.iter().for_each(|literal| self.literal(literal)),
            Some(order) => {
                order.iter().filter_map(|at| body.get(*at)).for_each(|literal| self.literal(literal))
            }
        }
    }

    fn literal(&mut self, literal: &'a Literal) {
        if literal.with.is_empty() {
            return self.literal_here(literal);
        }
        let outside = self.replace(literal);
        self.literal_here(literal);
        self.layers.truncate(outside);
    }

    fn literal_here(&mut self, literal: &'a Literal) {
        let before = self.problems.len();
        self.references_of(literal);
        let explained = self.problems.len() > before;
        if let Some((problem, unknown)) = self.replacements(literal).or_else(|| self.kind(literal))
            && !(explained && unknown)
        {
            self.problems.push(problem);
        }
    }

    /// Checks the comprehensions in a literal, and what it refers to.
    fn references_of(&mut self, literal: &'a Literal) {
        let from = self.waiting.len();
        self.look_into(literal);
        for at in from..self.waiting.len() {
            if let Some(found) = self.waiting.get(at) {
                self.reference(found);
            }
        }
        self.waiting.truncate(from);
    }

    /// Checks the body of `every`, or of what `and`, `or` and the wider `not` take; OPA does no more than this.
    fn references_in(&mut self, body: &'a [Literal]) {
        for literal in body {
            self.references_of(literal);
            if let Kind::Every { body, .. } | Kind::None { body, .. } = &literal.kind {
                self.references_in(body);
            }
        }
    }

    /// Checks the comprehensions in a literal and lists its references.
    fn look_into(&mut self, literal: &'a Literal) {
        match &literal.kind {
            Kind::Term(term) => self.look_into_term(term),
            Kind::Unify(left, right) | Kind::Assign(left, right) | Kind::Equal(left, right) => {
                self.look_into_term(left);
                self.look_into_term(right);
            }
            Kind::Call(call) => {
                call.args.iter().chain(&call.out).for_each(|term| self.look_into_term(term));
            }
            Kind::Every { domain, .. } => self.look_into_term(domain),
            Kind::None { .. } => {}
        }
        for (_, replacement) in &literal.with {
            if let Replacement::Value(value) = replacement {
                self.look_into_term(value);
            }
        }
    }

    fn look_into_term(&mut self, term: &'a Term) {
        match term {
            Term::Const(_) | Term::Var(_) => {}
            Term::Array(items) | Term::Set(items) => {
                items.iter().for_each(|item| self.look_into_term(item));
            }
            Term::Object(entries) => {
                for (key, value) in entries {
                    self.look_into_term(key);
                    self.look_into_term(value);
                }
            }
            Term::Ref(found) => {
                self.waiting.push(found);
                found.steps.iter().for_each(|step| self.look_into_term(step));
            }
            Term::Comprehension(inner) => self.closure(inner),
        }
    }

    fn closure(&mut self, inner: &'a Comprehension) {
        let outside = self.trail.replace(Vec::new());
        self.body(&inner.body);
        let head = |env: &Self, at: usize| {
            inner.heads.get(at).and_then(|head| env.of(head)).unwrap_or_else(Type::any)
        };
        let of = match inner.shape {
            Shape::Array => Type::array_of(head(self, 0)),
            Shape::Set => Type::set_of(head(self, 0)),
            Shape::Object => Type::object_of(head(self, 0), head(self, 1)),
        };
        let at: *const Comprehension = inner;
        self.closures.insert(at, of);
        // What a comprehension asks of variables from outside need not hold there.
        let changed = std::mem::replace(&mut self.trail, outside);
        for (var, before) in changed.into_iter().flatten().rev() {
            if let Some(slot) = self.vars.get_mut(var as usize) {
                *slot = before;
            }
        }
    }

    /// Checks what a literal does; returns what is wrong, and whether that comes from a type that is not known.
    fn kind(&mut self, literal: &'a Literal) -> Option<(Problem, bool)> {
        match &literal.kind {
            Kind::Term(_) => None,
            Kind::Unify(left, right) | Kind::Assign(left, right) | Kind::Equal(left, right) => {
                let (a, b) = (self.of(left), self.of(right));
                if self.unify_known(left, a.as_ref(), right, b.as_ref()) {
                    return None;
                }
                let details =
                    vec![format!("left  : {}", shown(a.as_ref())), format!("right : {}", shown(b.as_ref()))];
                let unknown = a.is_none() || b.is_none();
                Some((problem(literal.at, "match error", details), unknown))
            }
            Kind::Every { body, .. } | Kind::None { body, .. } => {
                self.references_in(body);
                None
            }
            Kind::Call(call) => self.call(call, literal.at),
        }
    }
}

pub(super) fn problem(at: Span, message: impl Into<String>, details: Vec<String>) -> Problem {
    Problem { code: "rego_type_error", at, message: message.into(), details }
}
