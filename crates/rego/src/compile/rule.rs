//! One rule of the syntax tree to its definition.

use std::rc::Rc;

use crate::Value;
use crate::syntax::{self, Body, Head, Rule, Span, TermKind};

use super::core::{Literal, Term};
use super::error::Problem;
use super::generate::{Generate, Place, op};
use super::ir::{Definition, Named, NodeId, Pattern, Program};
use super::lower::Lower;
use super::names::NameMap;
use super::scope::{Occurrence, Variable, declared_in, names_of};
use super::tree;
use super::types::Checked;
use super::uses::Uses;
use super::vars::Vars;

/// A rule that was lowered.
pub(crate) struct Lowered {
    parts: Parts,
    problems: Vec<Problem>,
    variables: Vec<Variable>,
    otherwise: Option<Box<Lowered>>,
    at: Span,
    head_at: Span,
    /// Adds to a set.
    member: bool,
    /// A test, whose keys are its cases.
    is_test: bool,
}

/// What writing a rule gives.
pub(crate) struct Written {
    pub(crate) definition: Option<Definition>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) variables: Rc<Vec<Variable>>,
}

/// Lowers a rule and its `else`, and notes what they refer to.
pub(crate) fn lower(
    lower: &mut Lower<'_>,
    rule: Rule,
    file: usize,
    place: tree::Place,
    uses: &mut Uses,
) -> Lowered {
    let Rule { head, body, otherwise, at, .. } = rule;
    let (is_test, member, head_at) = (is_test(&head), head.key.is_some(), head.at);
    let parts = parts(lower, head, body, place);
    if lower.problems.is_empty() {
        unused(lower);
    }
    let variables = lower.scopes.finish();
    let problems = std::mem::take(&mut lower.problems);
    uses.add(lower.around.program, place.node, &parts.body, file, at);
    let otherwise = otherwise.map(|next| Box::new(self::lower(lower, *next, file, place, uses)));
    Lowered { parts, problems, variables, otherwise, at, head_at, member, is_test }
}

/// Writes the instructions of a rule; what the check of types needs of it and of its `else` is added to `checked`.
pub(crate) fn write(
    program: &Program,
    lowered: Lowered,
    file: usize,
    node: NodeId,
    checked: &mut Vec<Checked>,
) -> Written {
    let Lowered { parts, mut problems, mut variables, otherwise: next, at, head_at, member, is_test } =
        lowered;
    let mut otherwise = None;
    if let Some(next) = next {
        let mut next = write(program, *next, file, node, checked);
        problems.append(&mut next.problems);
        variables.extend(next.variables.iter().cloned());
        otherwise = next.definition.map(Box::new);
    }
    if !problems.is_empty() {
        return Written { definition: None, problems, variables: Rc::new(variables) };
    }
    let mut generate =
        Generate { program, variables, problems, orders: Default::default(), case: None, depth: 0 };
    let mut head = Place::new(Vars::default());
    let args: Vec<Pattern> = parts.args.iter().map(|arg| generate.pattern(arg, &mut head)).collect();
    if is_test && !parts.steps.is_empty() {
        generate.case = Some(parts.steps.clone());
    }
    let mut end = generate.body(&parts.body, head.bound);
    let heads = parts.steps.iter().chain([&parts.value]);
    heads.for_each(|term| generate.check_head(term, &end.bound, head_at));
    let steps = parts.steps.iter().map(|step| generate.operand(step, &mut end, head_at)).collect();
    let value = op(&parts.value);
    let definition = Definition {
        file,
        at,
        slots: generate.variables.len(),
        args,
        body: end.block,
        steps,
        member,
        value,
        otherwise,
        variables: generate.variables.iter().map(named).collect(),
    };
    let Generate { variables, problems, orders, .. } = generate;
    let variables = Rc::new(variables);
    let Parts { args, body, steps, value } = parts;
    let names = variables.clone();
    checked.push(Checked { node, file, args, body, steps, value, member, variables: names, orders });
    Written { definition: Some(definition), problems, variables }
}

/// Reports variables that `some` or `every` declares and nothing uses: they are slips, most often of a name.
fn unused(lower: &mut Lower<'_>) {
    let unused = |variable: &&Variable| variable.declared == Some(Occurrence::Declared) && variable.uses == 0;
    let unused = lower.scopes.vars().iter().filter(unused);
    let named = unused.filter_map(|variable| Some((variable.at, variable.name.as_ref()?)));
    let problems = named.filter(|(_, name)| !syntax::is_wildcard(name)).map(|(at, name)| Problem {
        code: "rego_compile_error",
        at,
        message: format!("declared var {name} unused"),
        details: Vec::new(),
    });
    lower.problems = problems.collect();
}

/// What a variable is called when a run is watched.
fn named(variable: &Variable) -> Named {
    Named { name: variable.name.clone().filter(|name| !syntax::is_wildcard(name)), at: variable.at }
}

struct Parts {
    args: Vec<Term>,
    body: Vec<Literal>,
    steps: Vec<Term>,
    value: Term,
}

fn parts(lower: &mut Lower<'_>, head: Head, body: Body, place: tree::Place) -> Parts {
    lower.scopes.hide(|hidden| declared_in(&body, hidden));
    if let Some(args) = &head.args {
        let mut names = NameMap::default();
        args.iter().for_each(|arg| argument_names(arg, &mut names));
        for root in ["input", "data"] {
            if names.contains_text(root) && !lower.may_hide_roots() {
                let message = format!("args must not shadow {root} (use a different variable name)");
                lower.problem("rego_compile_error", head.at, message);
            }
        }
        lower.scopes.hide(|hidden| args.iter().for_each(|arg| argument_names(arg, hidden)));
    }
    let mut extra = Vec::new();
    let args = head.args.into_iter().flatten().map(|arg| argument(lower, arg, &mut extra)).collect();
    let mut body = lower.body(body);
    body.append(&mut extra);
    let mut steps = Vec::new();
    for step in head.reference.into_iter().skip(place.taken) {
        steps.push(head_term(lower, step, &mut body));
    }
    let value = match head.key.or(head.value) {
        Some(value) => head_term(lower, value, &mut body),
        None => Term::Const(Value::Bool(true)),
    };
    Parts { args, body, steps, value }
}

/// Tells whether a rule is a test, whose keys are its cases.
fn is_test(head: &Head) -> bool {
    let name = head.reference.first().and_then(syntax::Term::as_var);
    head.args.is_none() && name.is_some_and(|name| name.starts_with("test_"))
}

fn head_term(lower: &mut Lower<'_>, term: syntax::Term, body: &mut Vec<Literal>) -> Term {
    let at = term.at;
    lower.in_head = true;
    let lowered = lower.term(term, body);
    lower.in_head = false;
    lower.simple(lowered, at, body)
}

/// Adds the variables of an argument: those a value can be matched with.
fn argument_names(arg: &syntax::Term, names: &mut NameMap<()>) {
    match &arg.kind {
        TermKind::Var(_) => names_of(arg, names),
        TermKind::Array(items) => items.iter().for_each(|item| argument_names(item, names)),
        TermKind::Object(entries) => entries.iter().for_each(|(_, value)| argument_names(value, names)),
        _ => {}
    }
}

fn argument(lower: &mut Lower<'_>, arg: syntax::Term, extra: &mut Vec<Literal>) -> Term {
    let at = arg.at;
    match arg.kind {
        TermKind::Var(name) => match lower.scopes.declare(&name, Occurrence::Argument, at) {
            Ok(var) => Term::Var(var),
            Err(message) => {
                lower.problem("rego_compile_error", at, message);
                Term::Const(Value::Null)
            }
        },
        TermKind::Array(items) => {
            Term::Array(items.into_iter().map(|item| argument(lower, item, extra)).collect())
        }
        TermKind::Object(entries) => {
            let mut lowered = Vec::new();
            for (key, value) in entries {
                let key = lower.term(key, extra);
                lowered.push((key, argument(lower, value, extra)));
            }
            Term::Object(lowered)
        }
        TermKind::Call(_) => {
            lower.problem("rego_compile_error", at, "rule arguments cannot contain calls");
            Term::Const(Value::Null)
        }
        TermKind::Ref(steps) => {
            // Arguments are matched, not looked up.
            let root = steps.first().and_then(syntax::Term::as_var);
            let message = format!("var {} is unsafe", root.map_or("_", AsRef::as_ref));
            lower.problem("rego_unsafe_var_error", at, message);
            Term::Const(Value::Null)
        }
        _ => {
            let term = lower.term(arg, extra);
            lower.simple(term, at, extra)
        }
    }
}
