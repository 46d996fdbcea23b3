//! A query to a block of instructions.

use crate::parser;
use crate::syntax::{Expr, ExprKind, Name, Span, TermKind};
use crate::{Diagnostic, Value, Version};

use super::core::Var;
use super::error::Problem;
use super::generate::Generate;
use super::ir::{Block, Instruction, Op, Origin, Out, Pattern, Program, Step};
use super::lower::{Lower, Surroundings};
use super::scope::{Globals, declared_in};
use super::vars::Vars;

/// What the names of variables begin with that nobody asks for, as in OPA.
pub(crate) const GENERATED: &str = "__local";

/// A query that can run.
pub(crate) struct Query {
    pub(crate) block: Block,
    pub(crate) slots: usize,
    /// The variables that an answer names.
    pub(crate) answers: Vec<(Name, Var)>,
}

/// Takes a text such as `data.a["b-c"].d` as a path below `data`.
pub(crate) fn ground_path(text: &str) -> Option<Vec<Value>> {
    let is_word = |step: &str| {
        step.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && step.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    // Nearly all are words with dots between them, which nothing has to be parsed for.
    let mut steps = text.split('.');
    if steps.next() == Some("data") && steps.clone().all(is_word) {
        return Some(steps.map(Value::from).collect());
    }
    let body = parser::parse_query(text, Version::V1).ok()?;
    let [Expr { kind: ExprKind::Term(term), negated: false, .. }] = body.as_ref() else { return None };
    let TermKind::Ref(steps) = &term.kind else { return None };
    let (root, steps) = steps.split_first()?;
    if root.as_var()?.as_ref() != "data" {
        return None;
    }
    steps.iter().map(|step| step.as_string().map(|name| Value::String(name.clone()))).collect()
}

/// Makes the query for the value at a path below `data`: its one variable has this name.
pub(crate) fn of_path(path: Vec<Value>, name: &str) -> Query {
    let steps = path.into_iter().map(|key| Step::At(Op::Const(key))).collect();
    let (at, out) = (Span::default(), Out::Match(Pattern::Bind(0)));
    let lookup = Instruction::Lookup { origin: Origin::Data, steps, out, at };
    Query { block: Block { code: vec![(lookup, at)] }, slots: 1, answers: vec![(Name::from(name), 0)] }
}

pub(crate) fn compile(text: &str, program: &Program) -> Result<Query, Vec<Diagnostic>> {
    stacker::maybe_grow(2 << 20, 16 << 20, || compile_here(text, program))
}

fn compile_here(text: &str, program: &Program) -> Result<Query, Vec<Diagnostic>> {
    let located = |problems: Vec<Problem>| -> Vec<Diagnostic> {
        problems.into_iter().map(|problem| problem.locate("query", text)).collect()
    };
    let body = parser::parse_query(text, Version::V1).map_err(|errors| {
        let problem = |error: parser::SyntaxError| Problem {
            code: "rego_parse_error",
            at: error.at,
            message: error.message,
            details: Vec::new(),
        };
        located(errors.into_iter().map(problem).collect())
    })?;
    let globals = [Globals::default()];
    let around = Surroundings {
        program,
        globals: &globals,
        metadata: &|_, _| (Value::array(Vec::new()), Value::empty_object()),
        lax: &[],
    };
    let mut lower = Lower::new(&around);
    lower.scopes.hide(|hidden| declared_in(&body, hidden));
    let literals = lower.body(body);
    if !lower.problems.is_empty() {
        return Err(located(lower.problems));
    }
    let mut generate = Generate {
        program,
        variables: lower.scopes.finish(),
        problems: Vec::new(),
        orders: Default::default(),
        case: None,
        depth: 0,
    };
    let place = generate.body(&literals, Vars::default());
    if !generate.problems.is_empty() {
        return Err(located(generate.problems));
    }
    let asked = |name: &Name| !name.starts_with(GENERATED);
    let named = generate.variables.iter().enumerate().filter(|(var, variable)| {
        place.bound.contains(*var as Var)
            && variable.name.as_ref().is_some_and(asked)
            && !variable.is_unnamed()
    });
    let answers = named.filter_map(|(var, variable)| Some((variable.name.clone()?, var as Var))).collect();
    Ok(Query { block: place.block, slots: generate.variables.len(), answers })
}
