//! Names: what a word in a rule stands for.
//!
//! What enters: words of the syntax tree, in the order they are read. What leaves: variables, or paths below
//! `data` and `input`.

use std::collections::{HashMap, HashSet};

use crate::Value;
use crate::syntax::{Body, Expr, ExprKind, Name, Span, Term, TermKind, each_term, is_wildcard};

use super::core::{Root, Var};

/// Names that stand for documents in one file: rules of the package and imports.
#[derive(Debug, Default, Clone)]
pub(crate) struct Globals {
    pub(crate) names: HashMap<Name, (Root, Vec<Value>)>,
}

/// How a name came into a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occurrence {
    Argument,
    Seen,
    Assigned,
    Declared,
}

#[derive(Debug, Default)]
struct Scope {
    names: HashMap<Name, (Option<Var>, Occurrence)>,
}

/// A variable of a rule.
#[derive(Debug, Clone)]
pub(crate) struct Variable {
    pub(crate) name: Name,
    pub(crate) at: Span,
    /// Made by the compiler.
    pub(crate) generated: bool,
    /// By `:=` or `some`, with the place of the declaration; strict mode wants it used.
    pub(crate) declared: Option<Occurrence>,
    pub(crate) uses: usize,
}

/// What a name stands for.
pub(crate) enum Meaning {
    Var(Var),
    Document(Root, Vec<Value>),
}

pub(crate) struct Scopes<'g> {
    globals: &'g Globals,
    scopes: Vec<Scope>,
    /// Names that a body declares somewhere: they hide documents in all of it.
    hidden: Vec<HashSet<Name>>,
    free: HashMap<Name, Var>,
    pub(crate) vars: Vec<Variable>,
    /// Globals that were used.
    pub(crate) used: HashSet<Name>,
}

impl<'g> Scopes<'g> {
    pub(crate) fn new(globals: &'g Globals) -> Self {
        Scopes {
            globals,
            scopes: vec![Scope::default()],
            hidden: Vec::new(),
            free: HashMap::new(),
            vars: Vec::new(),
            used: HashSet::new(),
        }
    }

    pub(crate) fn push(&mut self, hidden: HashSet<Name>) {
        self.scopes.push(Scope::default());
        self.hidden.push(hidden);
    }

    pub(crate) fn pop(&mut self) {
        self.scopes.pop();
        self.hidden.pop();
    }

    /// Hides documents of these names in the outermost scope.
    pub(crate) fn hide(&mut self, hidden: HashSet<Name>) {
        self.hidden.push(hidden);
    }

    fn add(&mut self, name: &Name, at: Span, generated: bool) -> Var {
        let var = self.vars.len() as Var;
        self.vars.push(Variable { name: name.clone(), at, generated, declared: None, uses: 0 });
        var
    }

    /// Makes a variable of the compiler's own.
    pub(crate) fn fresh(&mut self, at: Span) -> Var {
        let name = Name::from(format!("__local{}__", self.vars.len()));
        self.add(&name, at, true)
    }

    fn is_hidden(&self, name: &Name) -> bool {
        self.hidden.iter().any(|names| names.contains(name))
    }

    fn local(&self, name: &Name) -> Option<Var> {
        self.scopes.iter().rev().find_map(|scope| scope.names.get(name).and_then(|(var, _)| *var))
    }

    /// Tells whether a variable of this name is declared here.
    pub(crate) fn is_local(&self, name: &Name) -> bool {
        self.local(name).is_some() || self.is_hidden(name)
    }

    /// Looks a word up.
    pub(crate) fn resolve(&mut self, name: &Name, at: Span) -> Meaning {
        if let Some(var) = self.local(name) {
            if let Some(variable) = self.vars.get_mut(var as usize) {
                variable.uses += 1;
            }
            return Meaning::Var(var);
        }
        if !self.is_hidden(name) {
            if let Some((root, path)) = self.globals.names.get(name) {
                self.used.insert(name.clone());
                return Meaning::Document(*root, path.clone());
            }
            match name.as_ref() {
                "input" => return Meaning::Document(Root::Input, Vec::new()),
                "data" => return Meaning::Document(Root::Data, Vec::new()),
                _ => {}
            }
        }
        if let Some(scope) = self.scopes.last_mut() {
            scope.names.entry(name.clone()).or_insert((None, Occurrence::Seen));
        }
        Meaning::Var(match self.free.get(name) {
            Some(var) => *var,
            None => {
                let var = self.add(name, at, false);
                self.free.insert(name.clone(), var);
                var
            }
        })
    }

    /// Declares a variable in this scope.
    pub(crate) fn declare(&mut self, name: &Name, how: Occurrence, at: Span) -> Result<Var, String> {
        let known =
            self.scopes.last().and_then(|scope| scope.names.get(name)).map(|(_, occurrence)| *occurrence);
        match known {
            _ if is_wildcard(name) => {}
            Some(Occurrence::Seen) => return Err(format!("var {name} referenced above")),
            Some(Occurrence::Assigned) => return Err(format!("var {name} assigned above")),
            Some(Occurrence::Declared) => return Err(format!("var {name} declared above")),
            Some(Occurrence::Argument) if how == Occurrence::Argument => {
                return Ok(self.local(name).unwrap_or_default());
            }
            Some(Occurrence::Argument) => return Err(format!("arg {name} redeclared")),
            None => {}
        }
        let var = self.add(name, at, false);
        if let Some(variable) = self.vars.get_mut(var as usize) {
            variable.declared = Some(how);
        }
        if let Some(scope) = self.scopes.last_mut() {
            scope.names.insert(name.clone(), (Some(var), how));
        }
        Ok(var)
    }
}

/// Returns the names that a body declares by `:=` and `some`, comprehensions left out.
pub(crate) fn declared_in(body: &Body) -> HashSet<Name> {
    let mut names = HashSet::new();
    body.iter().for_each(|expr| declared_by(expr, &mut names));
    names
}

fn declared_by(expr: &Expr, names: &mut HashSet<Name>) {
    match &expr.kind {
        ExprKind::Assign(left, _) => names_of(left, names),
        ExprKind::Some(vars) => vars.iter().for_each(|var| names_of(var, names)),
        ExprKind::SomeIn { key, value, .. } => {
            key.iter().for_each(|key| names_of(key, names));
            names_of(value, names);
        }
        ExprKind::Every { body, .. } => body.iter().for_each(|expr| declared_by(expr, names)),
        ExprKind::Term(_) | ExprKind::Unify(..) => {}
    }
}

/// Adds all variables of a term.
pub(crate) fn names_of(term: &Term, names: &mut HashSet<Name>) {
    each_term(term, &mut |term| {
        if let TermKind::Var(name) = &term.kind {
            names.insert(name.clone());
        }
        true
    });
}
