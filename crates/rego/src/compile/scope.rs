//! Names: what a word in a rule stands for.
//!
//! What enters: words of the syntax tree, in the order they are read. What leaves: variables, or paths below
//! `data` and `input`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use crate::Value;
use crate::syntax::{Body, Expr, ExprKind, Name, Span, Term, TermKind, each_term, is_wildcard};

use super::core::{Root, Var};
use super::ir::{NodeId, Program};

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
    pub(crate) imports: NameMap<Document>,
}

impl Globals {
    fn get(&self, name: &Name) -> Option<&Document> {
        self.imports.get(name).or_else(|| self.package.get(name))
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

/// A map by name that is small, nearly always.
#[derive(Debug)]
pub(crate) struct NameMap<T> {
    entries: Vec<(Name, T)>,
    /// Where the entries are, once there are many.
    index: Option<HashMap<Name, usize>>,
}

impl<T> Default for NameMap<T> {
    fn default() -> Self {
        NameMap { entries: Vec::new(), index: None }
    }
}

/// So many entries are looked through one by one.
const FEW: usize = 16;

impl<T> NameMap<T> {
    fn at(&self, name: &Name) -> Option<usize> {
        if let Some(index) = &self.index {
            return index.get(name).copied();
        }
        // Names are shared, so most are found without a look at their texts.
        let found = self
            .entries
            .iter()
            .position(|(known, _)| std::ptr::addr_eq(Name::as_ptr(known), Name::as_ptr(name)));
        found.or_else(|| self.entries.iter().position(|(known, _)| known == name))
    }

    pub(crate) fn get(&self, name: &Name) -> Option<&T> {
        self.entries.get(self.at(name)?).map(|(_, value)| value)
    }

    pub(crate) fn contains(&self, name: &Name) -> bool {
        self.at(name).is_some()
    }

    /// Tells whether a name is there that is not at hand as such.
    pub(crate) fn contains_text(&self, text: &str) -> bool {
        self.entries.iter().any(|(known, _)| known.as_ref() == text)
    }

    /// Sets the value of a name.
    pub(crate) fn insert(&mut self, name: Name, value: T) {
        match self.at(&name).and_then(|at| self.entries.get_mut(at)) {
            Some(entry) => entry.1 = value,
            None => {
                let at = self.entries.len();
                if at == FEW {
                    let known = self.entries.iter().enumerate();
                    self.index = Some(known.map(|(at, (name, _))| (name.clone(), at)).collect());
                }
                if let Some(index) = &mut self.index {
                    index.insert(name.clone(), at);
                }
                self.entries.push((name, value));
            }
        }
    }
}

impl NameMap<()> {
    pub(crate) fn extend(&mut self, other: NameMap<()>) {
        if self.entries.is_empty() {
            *self = other;
            return;
        }
        other.entries.into_iter().for_each(|(name, ())| self.insert(name, ()));
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

/// What a name stands for.
pub(crate) enum Meaning {
    Var(Var),
    Document(Document),
}

pub(crate) struct Scopes<'g> {
    globals: &'g Globals,
    scopes: Vec<Scope>,
    /// Names that a body declares somewhere: they hide documents in all of it.
    hidden: Vec<NameMap<()>>,
    /// The same of the outermost body.
    hidden_outside: NameMap<()>,
    free: NameMap<Var>,
    pub(crate) vars: Vec<Variable>,
    /// Globals that were used.
    pub(crate) used: NameMap<()>,
}

impl<'g> Scopes<'g> {
    pub(crate) fn new(globals: &'g Globals) -> Self {
        Scopes {
            globals,
            scopes: vec![Scope::default()],
            hidden: Vec::new(),
            hidden_outside: NameMap::default(),
            free: NameMap::default(),
            vars: Vec::new(),
            used: NameMap::default(),
        }
    }

    pub(crate) fn push(&mut self, hidden: NameMap<()>) {
        self.scopes.push(Scope::default());
        self.hidden.push(hidden);
    }

    pub(crate) fn pop(&mut self) {
        self.scopes.pop();
        self.hidden.pop();
    }

    /// Hides documents of these names in the outermost scope.
    pub(crate) fn hide(&mut self, hidden: NameMap<()>) {
        self.hidden_outside.extend(hidden);
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
        self.globals.get(name).is_some() || matches!(name.as_ref(), "input" | "data")
    }

    fn is_hidden(&self, name: &Name) -> bool {
        self.hidden_outside.contains(name) || self.hidden.iter().any(|names| names.contains(name))
    }

    fn local(&self, name: &Name) -> Option<Var> {
        self.scopes.iter().rev().find_map(|scope| scope.names.get(name).and_then(|(var, _)| *var))
    }

    /// Tells whether a variable of this name was declared before this place.
    pub(crate) fn is_declared(&self, name: &Name) -> bool {
        self.local(name).is_some()
    }

    /// Tells whether the innermost body declares a variable of this name further below.
    pub(crate) fn is_declared_below(&self, name: &Name) -> bool {
        !self.is_declared(name) && self.hidden.last().unwrap_or(&self.hidden_outside).contains(name)
    }

    /// Notes that a name was used here, so that it can't be declared any more.
    pub(crate) fn see(&mut self, name: &Name) {
        if let Some(scope) = self.scopes.last_mut()
            && !scope.names.contains(name)
        {
            scope.names.insert(name.clone(), (None, Occurrence::Seen));
        }
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
            if let Some(document) = self.globals.get(name) {
                self.used.insert(name.clone(), ());
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
        if let Some(variable) = self.vars.get_mut(var as usize) {
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

/// Returns the names that a body declares by `:=` and `some`, comprehensions left out.
pub(crate) fn declared_in(body: &Body) -> NameMap<()> {
    let mut names = NameMap::default();
    body.iter().for_each(|expr| declared_by(expr, &mut names));
    names
}

fn declared_by(expr: &Expr, names: &mut NameMap<()>) {
    match &expr.kind {
        ExprKind::Assign(left, _) => names_of(left, names),
        ExprKind::Some(vars) => vars.iter().for_each(|var| names_of(var, names)),
        ExprKind::SomeIn(some) => {
            let mut found = NameMap::default();
            some.key.iter().chain([&some.value]).for_each(|term| names_of(term, &mut found));
            found.entries.retain(|(name, ())| !is_root(name));
            names.extend(found);
        }
        ExprKind::Every(every) => every.body.iter().for_each(|expr| declared_by(expr, names)),
        ExprKind::Term(_) | ExprKind::Unify(..) => {}
    }
}

/// Adds all variables of a term.
pub(crate) fn names_of(term: &Term, names: &mut NameMap<()>) {
    each_term(term, &mut |term| {
        if let TermKind::Var(name) = &term.kind {
            names.insert(name.clone(), ());
        }
        true
    });
}
