//! Policies to a program that runs.
//!
//! What enters: syntax trees. What leaves: the tree of rules with their instructions ([`Program`]), what the
//! packages say about themselves, or everything that is wrong. The stages: read ([`read`]), gather names and paths
//! ([`tree`]), resolve and flatten ([`lower`], [`literal`]), order for safety ([`order`]), write instructions
//! ([`generate`]), look for recursion ([`recursion`]).

mod annotate;
mod conflicts;
pub(crate) mod core;
mod error;
mod generate;
pub(crate) mod index;
pub(crate) mod ir;
mod literal;
mod lower;
mod matching;
mod order;
pub(crate) mod query;
mod read;
mod recursion;
mod rule;
mod scope;
mod strict;
mod tree;
pub(crate) mod types;
mod vars;

use crate::syntax;
use crate::{CompileOptions, Diagnostic, Package, PolicyFile};
use error::Problem;
pub(crate) use error::place;
pub(crate) use ir::Program;
use read::Source;

/// What compiling gives.
pub(crate) struct Output {
    pub(crate) program: Program,
    pub(crate) packages: Vec<Package>,
    pub(crate) files: Vec<File>,
}

/// A file, to say where something is.
#[derive(Debug, Clone)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) source: std::sync::Arc<str>,
    /// Written in the old syntax.
    pub(crate) old: bool,
}

/// Compiles policies; the stack grows if it has to.
pub(crate) fn compile(files: &[PolicyFile], options: &CompileOptions) -> Result<Output, Vec<Diagnostic>> {
    stacker::maybe_grow(2 << 20, 16 << 20, || compile_here(files, options))
}

fn compile_here(files: &[PolicyFile], options: &CompileOptions) -> Result<Output, Vec<Diagnostic>> {
    let mut sources = read::read(files)?;
    let mut wrong = Wrong::default();
    let annotations = annotate::annotate(&mut sources, &mut wrong);
    let (mut program, places) = tree::build(&sources, &options.builtins);
    conflicts::check(&sources, &places, &program, &mut wrong);
    // Rules are dropped as soon as they are lowered, so what is said about them comes first.
    let described = tree::describe(&sources, &places);
    let rules: Vec<Vec<syntax::Rule>> =
        sources.iter_mut().map(|source| std::mem::take(&mut source.module.rules)).collect();
    let names = tree::names(&sources, &rules, &program);
    let mut uses = recursion::Uses::new(&program);
    let count = rules.iter().map(Vec::len).sum();
    let mut compiled = Vec::with_capacity(count);
    let mut checked = Vec::with_capacity(count);
    for (file, ((source, rules), places)) in sources.iter().zip(rules).zip(&places).enumerate() {
        let globals = tree::globals(&names, source, &program);
        let metadata = |rule: usize| {
            let node = places.get(rule).and_then(|place| program.nodes.get(place.node));
            let path = node.map(|node| node.path.as_slice()).unwrap_or_default();
            annotations.metadata(file, rule, &source.module.package, path)
        };
        let around = lower::Surroundings { program: &program, globals: &globals, metadata: &metadata };
        let mut lower = lower::Lower::new(&around);
        let found = if options.strict { strict::rules(&rules) } else { Vec::new() };
        for ((index, rule), place) in rules.into_iter().enumerate().zip(places) {
            let default = rule.default;
            lower.rule = index;
            let mut lowered = rule::lower(&mut lower, rule, file, *place, &mut uses, &mut checked);
            if options.strict {
                strict::variables(&lowered, &mut wrong, file);
            }
            wrong.extend(file, std::mem::take(&mut lowered.problems));
            compiled.push((place.node, default, lowered.definition));
        }
        if options.strict {
            strict::imports(source, &globals.imports, &mut wrong, file);
            wrong.extend(file, found);
        }
    }
    drop(names);
    uses.check(&program, &mut wrong);
    if wrong.is_empty() {
        types::check(&checked, &uses.order(&program), &program, &sources, options.strict, &mut wrong);
    }
    drop(checked);
    if !wrong.is_empty() {
        return Err(wrong.diagnostics(&sources));
    }
    for (node, default, definition) in compiled {
        let Some(definition) = definition else { continue };
        if let Some(node) = program.nodes.get_mut(node) {
            match default {
                true => node.default = Some(Box::new(definition)),
                false => node.definitions.push(definition),
            }
        }
    }
    tree::finish(&mut program);
    let packages = described.finish(annotations);
    let file = |source: Source| {
        let old = source.module.version == crate::Version::V0;
        File { path: source.path, source: source.text, old }
    };
    let files = sources.into_iter().map(file).collect();
    Ok(Output { program, packages, files })
}

/// Collects what is wrong, by file.
#[derive(Default)]
pub(crate) struct Wrong {
    problems: Vec<(usize, Problem)>,
}

impl Wrong {
    pub(crate) fn push(&mut self, file: usize, problem: Problem) {
        if !self.problems.contains(&(file, problem.clone())) {
            self.problems.push((file, problem));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    fn extend(&mut self, file: usize, problems: Vec<Problem>) {
        problems.into_iter().for_each(|problem| self.push(file, problem));
    }

    fn diagnostics(mut self, sources: &[Source]) -> Vec<Diagnostic> {
        self.problems.sort_by_key(|(file, problem)| (*file, problem.at));
        let locate = |(file, problem): (usize, Problem)| match sources.get(file) {
            Some(source) => problem.locate(&source.path, &source.text),
            None => problem.locate("", ""),
        };
        self.problems.into_iter().map(locate).collect()
    }
}

#[cfg(test)]
mod tests;
