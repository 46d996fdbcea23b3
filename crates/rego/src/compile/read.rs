//! Texts to syntax trees, each file in the version it is written in.

use std::sync::Arc;

use crate::parser::{self, Names, SyntaxError};
use crate::syntax::{Import, Module, Span};
use crate::{Diagnostic, PolicyFile, Version};

use super::error::Problem;

/// A file and its tree.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: Arc<str>,
    pub(crate) module: Module,
}

impl Source {
    /// Returns the line of a byte, from 1.
    pub(crate) fn line(&self, at: u32) -> usize {
        self.module.lines.partition_point(|start| *start <= at) + 1
    }

    /// Returns where a line begins, which is counted from 1.
    fn start(&self, line: usize) -> usize {
        let start = line.checked_sub(2).and_then(|before| self.module.lines.get(before));
        start.copied().unwrap_or_default() as usize
    }

    /// Returns line and column, from 1; columns count characters.
    pub(crate) fn place(&self, at: Span) -> (usize, usize) {
        let line = self.line(at.start);
        let before = self.text.get(self.start(line)..at.start as usize);
        (line, before.unwrap_or_default().chars().count() + 1)
    }

    /// Returns the line that something begins in.
    pub(crate) fn line_of(&self, at: Span) -> &str {
        let rest = self.text.get(self.start(self.line(at.start))..).unwrap_or_default();
        rest.lines().next().unwrap_or_default()
    }
}

pub(crate) fn read(files: &[PolicyFile]) -> Result<Vec<Source>, Vec<Diagnostic>> {
    let mut sources = Vec::with_capacity(files.len());
    let mut wrong = Vec::new();
    let mut names = Names::shared();
    for file in files {
        match module(file, &mut names) {
            Ok(module) => sources.push(Source { path: file.path.clone(), text: file.source.clone(), module }),
            Err(errors) => wrong.extend(errors.into_iter().map(|error| {
                let problem = Problem {
                    code: "rego_parse_error",
                    at: error.at,
                    message: error.message,
                    details: Vec::new(),
                };
                problem.locate(&file.path, &file.source)
            })),
        }
    }
    if wrong.is_empty() { Ok(sources) } else { Err(wrong) }
}

/// Returns the files with those read as v0 that were found to be v1, do not compile as such, and were made for v0: they
/// import keywords from the future, which have been there since v1, and not `rego.v1`.
pub(crate) fn older(files: &[PolicyFile], wrong: &[Diagnostic]) -> Option<Vec<PolicyFile>> {
    let mut names = Names::shared();
    let mut is_older = |file: &PolicyFile| {
        let older = parser::parse_module(&file.source, Version::V0, &mut names);
        older.is_ok_and(|module| {
            let future = |import: &Import| import.path.first().is_some_and(|root| root.as_ref() == "future");
            module.version == Version::V0 && module.imports.iter().any(future)
        })
    };
    let mut found = false;
    let all = files.iter().map(|file| {
        let is_wrong = wrong.iter().any(|problem| problem.path == file.path);
        if file.version.is_some() || !is_wrong || !is_older(file) {
            return file.clone();
        }
        found = true;
        PolicyFile { version: Some(Version::V0), ..file.clone() }
    });
    let all = all.collect();
    found.then_some(all)
}

/// Parses a file; where the version is not given, v1 first, then v0.
fn module(file: &PolicyFile, names: &mut Names) -> Result<Module, Vec<SyntaxError>> {
    let text = file.source.as_ref();
    if let Some(version) = file.version {
        return parser::parse_module(text, version, names);
    }
    let newer = match parser::parse_module(text, Version::V1, names) {
        Ok(module) => return Ok(module),
        Err(errors) => errors,
    };
    match parser::parse_module(text, Version::V0, names) {
        Ok(module) => Ok(module),
        // In neither version: the one that got further says what is wrong.
        Err(older) => {
            let first = |errors: &[SyntaxError]| errors.first().map(|error| error.at.start);
            if first(&older) > first(&newer) { Err(older) } else { Err(newer) }
        }
    }
}
