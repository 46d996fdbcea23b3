//! What strict mode finds: unused variables and imports, shadowed names, deprecated builtins.

use std::collections::BTreeMap;

use crate::builtins;
use crate::syntax::{self, Name, TermKind};

use super::Wrong;
use super::error::Problem;
use super::read::Source;
use super::rule::Lowered;
use super::scope::{Imported, NameMap, Occurrence};

/// Reports variables that are assigned and never used.
pub(crate) fn variables(lowered: &Lowered, wrong: &mut Wrong, file: usize) {
    for variable in lowered.variables.iter() {
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

/// Finds rules that hide root documents, and calls of deprecated builtins.
pub(crate) fn rules(rules: &[syntax::Rule]) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut push = |at, code, message: String| found.push(Problem { code, at, message, details: Vec::new() });
    for rule in rules {
        if let Some(name) =
            super::tree::name_of(&rule.head).filter(|name| matches!(name.as_ref(), "input" | "data"))
        {
            let message = format!("rules must not shadow {name} (use a different rule name)");
            push(rule.at, "rego_compile_error", message);
        }
        let mut visit = |term: &syntax::Term| {
            if let TermKind::Call(call) = &term.kind
                && let Some(name) = call.operator.dotted()
                && builtins::find(&name).is_some_and(|builtin| builtin.deprecated)
            {
                let message = format!("deprecated built-in function calls in expression: {name}");
                push(term.at, "rego_type_error", message);
            }
            true
        };
        let mut next = Some(rule);
        while let Some(rule) = next {
            syntax::each_term_in_body(&rule.body, &mut visit);
            rule.head.value.iter().chain(&rule.head.key).for_each(|term| syntax::each_term(term, &mut visit));
            next = rule.otherwise.as_deref();
        }
    }
    found
}
