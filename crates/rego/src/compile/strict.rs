//! What strict mode finds: unused variables and imports, shadowed names.

use std::collections::BTreeMap;

use crate::syntax::{self, Name};

use super::Wrong;
use super::error::Problem;
use super::names::NameMap;
use super::read::Source;
use super::scope::{Imported, Occurrence, Variable};

/// Reports variables that are assigned and never used.
pub(crate) fn variables(variables: &[Variable], wrong: &mut Wrong, file: usize) {
    for variable in variables {
        let Some(name) = &variable.name else { continue };
        let what = match variable.declared {
            _ if variable.uses > 0 || syntax::is_wildcard(name) => continue,
            Some(Occurrence::Assigned) => "assigned",
            Some(Occurrence::Argument) => "argument",
            _ => continue,
        };
        let message = match what {
            "argument" => format!("unused argument {name}. (hint: use _ (wildcard variable) instead)"),
            _ => format!("{what} var {name} unused"),
        };
        wrong.push(
            file,
            Problem { code: "rego_compile_error", at: variable.at, message, details: Vec::new() },
        );
    }
}

/// Reports unused and double imports.
pub(crate) fn imports(source: &Source, imports: &NameMap<Imported>, wrong: &mut Wrong, file: usize) {
    let mut push = |at, message: String| {
        wrong.push(file, Problem { code: "rego_compile_error", at, message, details: Vec::new() })
    };
    let mut imported: BTreeMap<&Name, ()> = BTreeMap::new();
    for import in &source.module.imports {
        let Some(name) = import.name() else { continue };
        let root = import.path.first().map(AsRef::as_ref);
        if matches!(root, Some("rego" | "future")) {
            continue;
        }
        let path = import.path.join(".");
        if imported.insert(name, ()).is_some() {
            push(import.at, format!("import must not shadow import {path}"));
        } else if !imports.get(name).is_some_and(|import| import.used.get()) {
            push(import.at, format!("import {path} unused"));
        }
    }
}

/// Finds rules that hide root documents.
pub(crate) fn rules(rules: &[syntax::Rule]) -> Vec<Problem> {
    let name = |rule: &syntax::Rule| super::tree::name_of(&rule.head).cloned();
    let hiding = rules.iter().filter_map(|rule| Some((rule.at, name(rule)?)));
    let hiding = hiding.filter(|(_, name)| matches!(name.as_ref(), "input" | "data"));
    hiding
        .map(|(at, name)| Problem {
            code: "rego_compile_error",
            at,
            message: format!("rules must not shadow {name} (use a different rule name)"),
            details: Vec::new(),
        })
        .collect()
}
