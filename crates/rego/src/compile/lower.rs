//! Terms of the syntax tree to core terms.
//!
//! Nested calls become literals of their own in front of the one they stand in; variables get numbers; names of
//! documents become paths.

use crate::Value;
use crate::builtins;
use crate::syntax::{self, Name, Part, Span, TermKind};

use super::core::{Call, Callee, Comprehension, Kind, Literal, Ref, Root, Shape, Term};
use super::error::Problem;
use super::ir::Program;
use super::names::NameMap;
use super::scope::{Document, Globals, Meaning, Scopes, declared_in};

/// What lowering a rule needs to know about the rest.
pub(crate) struct Surroundings<'a> {
    pub(crate) program: &'a Program,
    /// By file.
    pub(crate) globals: &'a [Globals],
    /// What `rego.metadata.chain()` and `rego.metadata.rule()` return in a rule, which is named by its file and its
    /// index there; worked out where it is asked for.
    pub(crate) metadata: &'a dyn Fn(usize, usize) -> (Value, Value),
    /// In which files variables may be called `input` and `data`: in those of the old language, unless it is strict.
    pub(crate) lax: &'a [bool],
}

/// Lowers rules, one after the other.
pub(crate) struct Lower<'a> {
    pub(crate) around: &'a Surroundings<'a>,
    pub(crate) scopes: Scopes<'a>,
    pub(crate) problems: Vec<Problem>,
    /// Room for the names in the container that is being looked through.
    pub(crate) outer: NameMap<()>,
    /// The file of the rule, and its index there.
    pub(super) rule: (usize, usize),
    /// Set while terms of a rule's head are lowered.
    pub(crate) in_head: bool,
}

impl<'a> Lower<'a> {
    /// Starts with the first rule of the first file.
    pub(crate) fn new(around: &'a Surroundings<'a>) -> Self {
        let scopes = Scopes::new(around.globals.first());
        let (problems, outer) = (Vec::new(), NameMap::default());
        Lower { around, scopes, problems, outer, rule: (0, 0), in_head: false }
    }

    /// Goes to a rule: what its file is, and its index there.
    pub(crate) fn turn_to(&mut self, file: usize, rule: usize) {
        self.rule = (file, rule);
        self.scopes.turn_to(self.around.globals.get(file));
    }

    /// Tells whether a variable may be called `input` or `data` here.
    pub(crate) fn may_hide_roots(&self) -> bool {
        self.around.lax.get(self.rule.0).copied().unwrap_or_default()
    }

    pub(crate) fn problem(&mut self, code: &'static str, at: Span, message: impl Into<String>) {
        self.problems.push(Problem { code, at, message: message.into(), details: Vec::new() });
    }

    /// Lowers a term; calls in it go to `support`.
    pub(crate) fn term(&mut self, term: syntax::Term, support: &mut Vec<Literal>) -> Term {
        let at = term.at;
        match term.kind {
            TermKind::Null => Term::Const(Value::Null),
            TermKind::Bool(flag) => Term::Const(Value::Bool(flag)),
            TermKind::Number(number) => Term::Const(Value::Number(number)),
            TermKind::String(text) => Term::Const(Value::String(text)),
            TermKind::Var(name) => match self.scopes.resolve(&name, at) {
                Meaning::Var(var) => Term::Var(var),
                Meaning::Document(of) => document(&of, at),
            },
            TermKind::Ref(steps) => self.reference(steps, at, support),
            TermKind::Call(call) => self.call(*call, at, support),
            TermKind::Array(items) => constant(Term::Array(self.terms(items, support))),
            TermKind::Set(items) => constant(Term::Set(self.terms(items, support))),
            TermKind::Object(entries) => {
                let entries = entries.into_iter();
                let lowered =
                    entries.map(|(key, value)| (self.term(key, support), self.term(value, support)));
                constant(Term::Object(lowered.collect()))
            }
            TermKind::ArrayComprehension(inner) => {
                let (head, body) = *inner;
                self.comprehension(Shape::Array, [head], body)
            }
            TermKind::SetComprehension(inner) => {
                let (head, body) = *inner;
                self.comprehension(Shape::Set, [head], body)
            }
            TermKind::ObjectComprehension(inner) => {
                let (key, value, body) = *inner;
                self.comprehension(Shape::Object, [key, value], body)
            }
            TermKind::Template(parts) => self.template(parts, at, support),
        }
    }

    /// Lowers a list; it stays where it is in memory.
    pub(super) fn terms(&mut self, items: Box<[syntax::Term]>, support: &mut Vec<Literal>) -> Vec<Term> {
        items.into_iter().map(|item| self.term(item, support)).collect()
    }

    pub(crate) fn reference(
        &mut self,
        steps: Box<[syntax::Term]>,
        at: Span,
        support: &mut Vec<Literal>,
    ) -> Term {
        let mut rest = steps.into_iter();
        let Some(head) = rest.next() else { return Term::Const(Value::Null) };
        let (root, path) = match head.kind {
            TermKind::Var(name) => match self.scopes.resolve(&name, head.at) {
                Meaning::Var(var) => (Root::Var(var), None),
                Meaning::Document(of) => (of.root, Some(of.path)),
            },
            _ => {
                let at = head.at;
                let subject = self.term(head, support);
                (Root::Var(self.named(subject, at, support)), None)
            }
        };
        let steps = match path.filter(|path| !path.is_empty()) {
            None => rest.map(|step| self.term(step, support)).collect(),
            Some(path) => {
                let mut steps = Vec::with_capacity(path.len() + rest.len());
                steps.extend(path.iter().cloned().map(Term::Const));
                steps.extend(rest.map(|step| self.term(step, support)));
                steps
            }
        };
        Term::Ref(Box::new(Ref { root, steps, at }))
    }

    /// Gives a term a variable, by a literal in front.
    fn named(&mut self, term: Term, at: Span, support: &mut Vec<Literal>) -> super::core::Var {
        if let Term::Var(var) = term {
            return var;
        }
        let var = self.scopes.fresh(at);
        support.push(Literal::new(Kind::Unify(Term::Var(var), term), at));
        var
    }

    /// Looks a name up without making it a variable if it is none.
    pub(crate) fn peek(&mut self, name: &Name, at: Span) -> Meaning {
        match self.scopes.is_global(name) {
            true => self.scopes.resolve(name, at),
            false => Meaning::Var(0),
        }
    }

    /// Lowers a term to a set that is empty where the term is undefined.
    pub(super) fn optional(&mut self, term: syntax::Term) -> Term {
        self.scopes.push(|_| {});
        let (at, mut body) = (term.at, Vec::new());
        let head = self.term(term, &mut body);
        let head = Term::Var(match head {
            Term::Var(var) => var,
            other => self.named(other, at, &mut body),
        });
        self.scopes.pop();
        if body.is_empty() {
            body.push(Literal::new(Kind::Term(Term::Const(Value::Bool(true))), at));
        }
        Term::Comprehension(Box::new(Comprehension { shape: Shape::Set, heads: vec![head], body }))
    }

    fn template(&mut self, parts: Box<[Part]>, at: Span, support: &mut Vec<Literal>) -> Term {
        let Some(builtin) = builtins::find("internal.template_string") else {
            return Term::Const(Value::Null);
        };
        let mut lowered = Vec::new();
        for part in parts {
            lowered.push(match part {
                Part::Text(text) => Term::Const(Value::String(text)),
                Part::Expr(expr) => self.template_part(expr),
            });
        }
        let out = Term::Var(self.scopes.fresh(at));
        let call = Call {
            callee: Callee::Builtin(builtin),
            args: vec![Term::Array(lowered)],
            out: Some(out.clone()),
        };
        support.push(Literal::new(Kind::Call(call), at));
        out
    }

    fn template_part(&mut self, expr: syntax::Expr) -> Term {
        let syntax::ExprKind::Term(term) = expr.kind else { return Term::Const(Value::Null) };
        if expr.with.is_empty() {
            return self.optional(term);
        }
        // `value = term with …`, so that the replacement holds for the term alone.
        self.scopes.push(|_| {});
        let at = term.at;
        let var = self.scopes.fresh(at);
        let mut body = Vec::new();
        let mut inner = Vec::new();
        let value = self.term(term, &mut inner);
        inner.push(Literal::new(Kind::Unify(Term::Var(var), value), at));
        let with = self.with(expr.with, &mut body);
        for mut literal in inner {
            literal.with = with.clone();
            body.push(literal);
        }
        self.scopes.pop();
        Term::Comprehension(Box::new(Comprehension { shape: Shape::Set, heads: vec![Term::Var(var)], body }))
    }

    fn comprehension<const N: usize>(
        &mut self,
        shape: Shape,
        heads: [syntax::Term; N],
        body: syntax::Body,
    ) -> Term {
        self.scopes.push(|hidden| declared_in(&body, hidden));
        let mut literals = self.body(body);
        let mut lowered = Vec::with_capacity(N);
        for head in heads {
            let at = head.at;
            let term = self.term(head, &mut literals);
            lowered.push(self.simple(term, at, &mut literals));
        }
        self.scopes.pop();
        Term::Comprehension(Box::new(Comprehension { shape, heads: lowered, body: literals }))
    }

    /// Gives a term that needs evaluation a variable, by a literal at the end of the body.
    pub(crate) fn simple(&mut self, term: Term, at: Span, body: &mut Vec<Literal>) -> Term {
        if !term.needs_evaluation() {
            return term;
        }
        let var = self.scopes.fresh(at);
        body.push(Literal::new(Kind::Unify(Term::Var(var), term), at));
        Term::Var(var)
    }
}

fn document(of: &Document, at: Span) -> Term {
    Term::Ref(Box::new(Ref { root: of.root, steps: of.path.iter().cloned().map(Term::Const).collect(), at }))
}

/// Takes a container of constants as a constant.
fn constant(term: Term) -> Term {
    let value = match term {
        Term::Array(items) if items.iter().all(is_const) => {
            Value::array(items.into_iter().filter_map(into_const).collect())
        }
        Term::Set(items) if items.iter().all(is_const) => {
            Value::set(items.into_iter().filter_map(into_const).collect())
        }
        Term::Object(entries) if entries.iter().all(|(key, value)| is_const(key) && is_const(value)) => {
            let entries = entries.into_iter();
            Value::object(
                entries.filter_map(|(key, value)| Some((into_const(key)?, into_const(value)?))).collect(),
            )
        }
        other => return other,
    };
    Term::Const(value)
}

fn is_const(term: &Term) -> bool {
    matches!(term, Term::Const(_))
}

fn into_const(term: Term) -> Option<Value> {
    match term {
        Term::Const(value) => Some(value),
        _ => None,
    }
}

/// Writes a path below `data` as a reference.
pub(crate) fn path_text(path: &[Value]) -> String {
    if let [Value::Null, Value::String(name)] = path {
        return name.to_string();
    }
    let mut text = "data".to_string();
    for step in path {
        match step {
            Value::String(name) if is_name(name) => {
                text.push('.');
                text.push_str(name);
            }
            other => text.push_str(&format!("[{other}]")),
        }
    }
    text
}

fn is_name(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.bytes().next().is_some_and(|byte| !byte.is_ascii_digit())
}
