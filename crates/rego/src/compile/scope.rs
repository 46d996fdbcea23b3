//! Names: what a word in a rule stands for.
//!
//! What enters: words of the syntax tree, in the order they are read. What leaves: variables, or paths below
//! `data` and `input`.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use crate::Value;
use crate::syntax::{Body, Expr, ExprKind, Name, Span, Term, TermKind, each_term, is_wildcard};

use super::core::{Root, Var};
use super::error::Problem;
use super::ir::{NodeId, Program};
use super::names::NameMap;

/// What a name stands for outside of rules: a document, with its node if rules or packages are there.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) root: Root,
    pub(crate) path: Rc<[Value]>,
    pub(crate) node: Option<NodeId>,
}

/// Names that stand for documents in one file: rules of the package and imports.
#[derive(Debug, Default)]
pub(crate) struct Globals {
    pub(crate) package: Rc<NameMap<Document>>,
    pub(crate) imports: NameMap<Imported>,
}

/// What an import stands for.
#[derive(Debug)]
pub(crate) struct Imported {
    pub(crate) document: Document,
    /// A rule of the file names it.
    pub(crate) used: Cell<bool>,
}

impl Globals {
    fn get(&self, name: &Name) -> Option<&Document> {
        match self.imports.get(name) {
            Some(import) => {
                import.used.set(true);
                Some(&import.document)
            }
            None => self.package.get(name),
        }
    }

    fn contains(&self, name: &Name) -> bool {
        self.imports.contains(name) || self.package.contains(name)
    }
}

impl Document {
    /// Returns the document that a name stands for everywhere.
    fn root(name: &str) -> Option<Self> {
        let (root, node) = match name {
            "input" => (Root::Input, None),
            "data" => (Root::Data, Some(Program::ROOT)),
            _ => return None,
        };
        Some(Document { root, path: Rc::default(), node })
    }

    /// Returns `input`.
    pub(crate) fn input() -> Self {
        Document { root: Root::Input, path: Rc::default(), node: None }
    }

    /// Returns the document below this one.
    pub(crate) fn below(&self, program: &Program, key: Value) -> Self {
        let node = self.node.and_then(|node| program.child(node, &key));
        Document { root: self.root, path: self.path.iter().cloned().chain([key]).collect(), node }
    }
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
    names: NameMap<(Option<Var>, Occurrence)>,
}

/// A variable of a rule.
#[derive(Debug, Clone)]
pub(crate) struct Variable {
    /// The name; nothing if the compiler made it.
    pub(crate) name: Option<Name>,
    pub(crate) at: Span,
    /// By `:=` or `some`, with the place of the declaration; strict mode wants it used.
    pub(crate) declared: Option<Occurrence>,
    pub(crate) uses: usize,
}

impl Variable {
    /// Makes a variable of the compiler's own.
    pub(crate) fn generated(at: Span) -> Self {
        Variable { name: None, at, declared: None, uses: 0 }
    }

    /// Tells whether it is written as `_`.
    pub(crate) fn is_unnamed(&self) -> bool {
        self.name.as_ref().is_some_and(|name| is_wildcard(name))
    }

    /// Returns what it is called in messages, where it is the variable of this number.
    pub(crate) fn label(&self, var: Var) -> Cow<'_, str> {
        match &self.name {
            Some(name) if is_wildcard(name) => Cow::Borrowed("_"),
            Some(name) => Cow::Borrowed(name),
            None => Cow::Owned(format!("__local{var}__")),
        }
    }
}

impl Variable {
    /// Says that it has no value where a literal needs one, and it is the variable of this number.
    pub(crate) fn is_unsafe(&self, var: Var, literal: Span) -> Problem {
        let inside = self.at.start >= literal.start && self.at.end <= literal.end;
        let at = if inside { self.at } else { literal };
        let message = format!("var {} is unsafe", self.label(var));
        Problem { code: "rego_unsafe_var_error", at, message, details: Vec::new() }
    }
}

/// What rules declare of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A variable was declared before.
    Declared,
    /// The innermost body declares one further below.
    DeclaredBelow,
    /// A body around declares one further below.
    Hidden,
    /// Nothing.
    Free,
}

/// What a name stands for.
pub(crate) enum Meaning {
    Var(Var),
    Document(Document),
}

pub(crate) struct Scopes<'g> {
    /// The names that the file sees.
    globals: Option<&'g Globals>,
    scopes: Vec<Scope>,
    /// Names that a body declares somewhere: they hide documents in all of it.
    hidden: Vec<NameMap<()>>,
    /// The same of the outermost body.
    hidden_outside: NameMap<()>,
    free: NameMap<Var>,
    vars: Vec<Variable>,
    /// Room of scopes that were closed.
    spare: Vec<(Scope, NameMap<()>)>,
}

/// So many variables nearly every rule has.
const USUAL: usize = 8;

impl<'g> Scopes<'g> {
    pub(crate) fn new(globals: Option<&'g Globals>) -> Self {
        Scopes {
            globals,
            scopes: vec![Scope::default()],
            hidden: Vec::new(),
            hidden_outside: NameMap::default(),
            free: NameMap::default(),
            vars: Vec::with_capacity(USUAL),
            spare: Vec::new(),
        }
    }

    /// Goes to a file.
    pub(crate) fn turn_to(&mut self, globals: Option<&'g Globals>) {
        self.globals = globals;
    }

    /// Ends a rule: returns its variables, and forgets its names.
    pub(crate) fn finish(&mut self) -> Vec<Variable> {
        while self.scopes.len() > 1 {
            self.pop();
        }
        self.scopes.iter_mut().for_each(|scope| scope.names.clear());
        self.hidden_outside.clear();
        self.free.clear();
        std::mem::replace(&mut self.vars, Vec::with_capacity(USUAL))
    }

    pub(crate) fn vars(&self) -> &[Variable] {
        &self.vars
    }

    /// Opens a scope in which the names of documents are hidden that `hidden` adds.
    pub(crate) fn push(&mut self, hide: impl FnOnce(&mut NameMap<()>)) {
        let (scope, mut hidden) = self.spare.pop().unwrap_or_default();
        hide(&mut hidden);
        self.scopes.push(scope);
        self.hidden.push(hidden);
    }

    pub(crate) fn pop(&mut self) {
        if let (Some(mut scope), Some(mut hidden)) = (self.scopes.pop(), self.hidden.pop()) {
            scope.names.clear();
            hidden.clear();
            self.spare.push((scope, hidden));
        }
    }

    /// Hides documents of the names that `hide` adds in the outermost scope.
    pub(crate) fn hide(&mut self, hide: impl FnOnce(&mut NameMap<()>)) {
        hide(&mut self.hidden_outside);
    }

    /// Returns a variable.
    fn var(&mut self, var: Var) -> Option<&mut Variable> {
        self.vars.get_mut(var as usize)
    }

    fn add(&mut self, name: &Name, at: Span) -> Var {
        let var = self.vars.len() as Var;
        self.vars.push(Variable { name: Some(name.clone()), at, declared: None, uses: 0 });
        var
    }

    /// Makes a variable of the compiler's own.
    pub(crate) fn fresh(&mut self, at: Span) -> Var {
        let var = self.vars.len() as Var;
        self.vars.push(Variable::generated(at));
        var
    }

    /// Tells whether a name that no rule declares stands for a document.
    pub(crate) fn is_global(&self, name: &Name) -> bool {
        self.globals.is_some_and(|globals| globals.contains(name)) || is_root(name)
    }

    fn is_hidden(&self, name: &Name) -> bool {
        self.hidden_outside.contains(name) || self.hidden.iter().any(|names| names.contains(name))
    }

    fn local(&self, name: &Name) -> Option<Var> {
        self.scopes.iter().rev().find_map(|scope| scope.names.get(name).and_then(|(var, _)| *var))
    }

    /// Says what a name is at this place, as far as rules declare it.
    pub(crate) fn standing(&self, name: &Name) -> Standing {
        if self.local(name).is_some() {
            return Standing::Declared;
        }
        if self.hidden.last().unwrap_or(&self.hidden_outside).contains(name) {
            return Standing::DeclaredBelow;
        }
        match self.is_hidden(name) {
            true => Standing::Hidden,
            false => Standing::Free,
        }
    }

    /// Notes that a name was used here, so that it can't be declared any more.
    pub(crate) fn see(&mut self, name: &Name) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.names.add(name, (None, Occurrence::Seen));
        }
    }

    /// Tells whether a variable of this name is declared here.
    pub(crate) fn is_local(&self, name: &Name) -> bool {
        self.local(name).is_some() || self.is_hidden(name)
    }

    /// Looks a word up.
    pub(crate) fn resolve(&mut self, name: &Name, at: Span) -> Meaning {
        if let Some(var) = self.local(name) {
            if let Some(variable) = self.var(var) {
                variable.uses += 1;
            }
            return Meaning::Var(var);
        }
        if !self.is_hidden(name) {
            if let Some(document) = self.globals.and_then(|globals| globals.get(name)) {
                return Meaning::Document(document.clone());
            }
            if let Some(document) = Document::root(name) {
                return Meaning::Document(document);
            }
        }
        self.see(name);
        Meaning::Var(match self.free.get(name) {
            Some(var) => *var,
            None => {
                let var = self.add(name, at);
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
        let var = self.add(name, at);
        if let Some(variable) = self.var(var) {
            variable.declared = Some(how);
        }
        if let Some(scope) = self.scopes.last_mut() {
            scope.names.insert(name.clone(), (Some(var), how));
        }
        Ok(var)
    }
}

/// Tells whether a name stands for a document that patterns don't hide.
pub(crate) fn is_root(name: &str) -> bool {
    matches!(name, "input" | "data")
}

/// Adds the names that a body declares by `:=` and `some`, comprehensions left out.
pub(crate) fn declared_in(body: &Body, names: &mut NameMap<()>) {
    body.iter().for_each(|expr| declared_by(expr, names));
}

fn declared_by(expr: &Expr, names: &mut NameMap<()>) {
    match &expr.kind {
        ExprKind::Assign(left, _) => names_of(left, names),
        ExprKind::Some(vars) => vars.iter().for_each(|var| names_of(var, names)),
        ExprKind::SomeIn(some) => {
            for term in some.key.iter().chain([&some.value]) {
                each_name(term, &mut |name| {
                    if !is_root(name) {
                        names.add(name, ());
                    }
                });
            }
        }
        ExprKind::Every(every) => every.body.iter().for_each(|expr| declared_by(expr, names)),
        ExprKind::Term(_) | ExprKind::Unify(..) | ExprKind::Not(_) | ExprKind::Logical(_) => {}
    }
}

/// Adds all variables of a term.
pub(crate) fn names_of(term: &Term, names: &mut NameMap<()>) {
    each_name(term, &mut |name| names.add(name, ()));
}

fn each_name(term: &Term, visit: &mut dyn FnMut(&Name)) {
    if let TermKind::Var(name) = &term.kind {
        return visit(name);
    }
    each_term(term, &mut |term| {
        if let TermKind::Var(name) = &term.kind {
            visit(name);
        }
        true
    });
}
