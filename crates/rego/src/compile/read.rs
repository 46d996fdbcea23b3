//! Texts to syntax trees, each file in the version it is written in.

use std::sync::Arc;

use crate::parser::{self, SyntaxError};
use crate::syntax::Module;
use crate::{Diagnostic, PolicyFile, Version};

use super::error::Problem;

/// A file and its tree.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: Arc<str>,
    pub(crate) module: Module,
}

pub(crate) fn read(files: &[PolicyFile]) -> Result<Vec<Source>, Vec<Diagnostic>> {
    let mut sources = Vec::with_capacity(files.len());
    let mut wrong = Vec::new();
    for file in files {
        match module(file) {
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

/// Parses a file; where the version is not given, v1 first, then v0.
fn module(file: &PolicyFile) -> Result<Module, Vec<SyntaxError>> {
    let text = file.source.as_ref();
    if let Some(version) = file.version {
        return parser::parse_module(text, version);
    }
    let newer = match parser::parse_module(text, Version::V1) {
        Ok(module) => return Ok(module),
        Err(errors) => errors,
    };
    match parser::parse_module(text, Version::V0) {
        Ok(module) => Ok(module),
        // In neither version: the one that got further says what is wrong.
        Err(older) => {
            let first = |errors: &[SyntaxError]| errors.first().map(|error| error.at.start);
            if first(&older) > first(&newer) { Err(older) } else { Err(newer) }
        }
    }
}
