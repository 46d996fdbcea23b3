//! Policies to a program that runs.
//!
//! What enters: syntax trees. What leaves: the tree of rules with their instructions ([`Program`]), what the
//! packages say about themselves, or everything that is wrong. The stages: read all files ([`read`]), gather names and
//! paths ([`tree`]), then follow the references from rule to rule ([`rules`], [`uses`]): each rule is resolved and
//! flattened ([`lower`], [`literal`]), and once all that it needs is through, ordered for safety ([`order`]), written
//! as instructions ([`generate`]) and its types checked ([`types`]). Last, look for recursion ([`recursion`]).

mod annotate;
mod calls;
mod conflicts;
pub(crate) mod core;
mod error;
mod generate;
pub(crate) mod image;
pub(crate) mod index;
pub(crate) mod ir;
mod literal;
mod lower;
mod matching;
mod names;
mod order;
pub(crate) mod overlap;
pub(crate) mod query;
mod read;
mod recursion;
mod rule;
mod rules;
mod schemas;
mod scope;
mod strict;
mod tree;
pub(crate) mod types;
mod uses;
mod vars;

use std::collections::HashSet;

use crate::syntax;
use crate::{CompileOptions, Diagnostic, Package, PolicyFile};
use error::Problem;
pub(crate) use error::place;
pub(crate) use ir::Program;
use read::Source;
use uses::Uses;

/// What compiling gives.
pub(crate) struct Output {
    pub(crate) program: Program,
    pub(crate) packages: Vec<Package>,
    pub(crate) files: Vec<File>,
    /// Builtins of the caller.
    pub(crate) builtins: Vec<crate::CustomBuiltin>,
    /// Regular expressions that runs have compiled.
    pub(crate) expressions: std::sync::Arc<crate::builtins::Expressions>,
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
    compile_with_uses(files, options).map(|(output, _)| output)
}

/// The same, and what the rules refer to.
fn compile_with_uses(
    files: &[PolicyFile],
    options: &CompileOptions,
) -> Result<(Output, Uses), Vec<Diagnostic>> {
    stacker::maybe_grow(2 << 20, 16 << 20, || {
        compile_here(files, options).or_else(|wrong| match read::older(files, &wrong) {
            Some(files) => compile_here(&files, options).map_err(|_| wrong),
            None => Err(wrong),
        })
    })
}

fn compile_here(files: &[PolicyFile], options: &CompileOptions) -> Result<(Output, Uses), Vec<Diagnostic>> {
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
    let globals: Vec<_> = sources.iter().map(|source| tree::globals(&names, source, &program)).collect();
    drop(names);
    let metadata = |file: usize, rule: usize| {
        let place = places.get(file).and_then(|places| places.get(rule));
        let node = place.and_then(|place| program.nodes.get(place.node));
        let package = sources.get(file).map(|source| source.module.package.as_slice());
        let path = node.map(|node| node.path.as_slice());
        annotations.metadata(file, rule, package.unwrap_or_default(), path.unwrap_or_default())
    };
    let old = |source: &Source| source.module.version == crate::Version::V0;
    let lax: Vec<bool> = sources.iter().map(|source| old(source) && !options.strict).collect();
    let around = lower::Surroundings { program: &program, globals: &globals, metadata: &metadata, lax: &lax };
    let hiding = |rules: &Vec<syntax::Rule>| if options.strict { strict::rules(rules) } else { Vec::new() };
    let hiding: Vec<Vec<Problem>> = rules.iter().map(hiding).collect();
    let documents = match types::Scopes::new(&annotations, &options.schemas) {
        Ok(documents) => documents,
        Err(problem) => return Err(vec![problem.locate("", "")]),
    };
    let all = rules::Rules {
        sources: &sources,
        rules,
        places: &places,
        around: &around,
        documents,
        strict: options.strict,
    };
    let rules::Outcome { defined, uses, types } = rules::define(all, &mut wrong);
    for (file, ((source, globals), hiding)) in sources.iter().zip(&globals).zip(hiding).enumerate() {
        if options.strict {
            strict::imports(source, &globals.imports, &mut wrong, file);
        }
        wrong.extend(file, hiding);
    }
    uses.check(&program, &mut wrong);
    types.finish(&mut wrong);
    drop(globals);
    if !wrong.is_empty() {
        return Err(wrong.diagnostics(&sources));
    }
    for (node, default, definition) in defined {
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
    let builtins = options.builtins.clone();
    let expressions = Default::default();
    Ok((Output { program, packages, files, builtins, expressions }, uses))
}

/// So many problems are told; who has more of them has one reason for most.
const MOST: usize = 1_000;

/// Collects what is wrong, by file.
#[derive(Default)]
pub(crate) struct Wrong {
    problems: Vec<(usize, Problem)>,
    /// The same, to tell each thing once.
    seen: HashSet<(usize, Problem)>,
}

impl Wrong {
    pub(crate) fn push(&mut self, file: usize, problem: Problem) {
        if self.seen.insert((file, problem.clone())) {
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
        if self.problems.len() > MOST
            && let Some((file, at)) = self.problems.get(MOST).map(|(file, problem)| (*file, problem.at))
        {
            self.problems.truncate(MOST);
            let message = "error limit reached".to_string();
            self.problems
                .push((file, Problem { code: "rego_compile_error", at, message, details: Vec::new() }));
        }
        let locate = |(file, problem): (usize, Problem)| match sources.get(file) {
            Some(source) => problem.locate_in(source),
            None => problem.locate("", ""),
        };
        self.problems.into_iter().map(locate).collect()
    }
}

#[cfg(test)]
mod tests;
