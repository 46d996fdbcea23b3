//! Rules that stand where base data has something: one of both would never be seen.

use crate::{Diagnostic, Value};

use super::Output;
use super::error::Problem;
use super::ir::Node;

/// Finds the rules whose place is taken by data, in the order of files and lines.
pub(crate) fn overlaps(output: &Output, data: &Value) -> Vec<Diagnostic> {
    let taken = output.program.nodes.iter().filter(|node| node.has_rules && is_taken(&node.path, data));
    let mut found: Vec<Diagnostic> = taken.filter_map(|node| conflict(output, node)).collect();
    found.sort_by(|a, b| (&a.path, a.line, a.column).cmp(&(&b.path, b.line, b.column)));
    found
}

/// Tells whether data has something at a path, or something on the way there that nothing can be below.
fn is_taken(path: &[Value], data: &Value) -> bool {
    let mut at = data;
    for key in path {
        let Some(object) = at.as_object() else { return true };
        match object.get(key) {
            Some(below) => at = below,
            None => return false,
        }
    }
    true
}

fn conflict(output: &Output, node: &Node) -> Option<Diagnostic> {
    let first = node.definitions.first().or(node.default.as_deref())?;
    let file = output.files.get(first.file)?;
    let steps = node.path.iter().map(|step| match step {
        Value::String(name) => name.to_string(),
        other => other.to_string(),
    });
    let path = steps.collect::<Vec<_>>().join("/");
    let message = format!("conflicting rule for data path {path} found");
    let problem = Problem { code: "rego_compile_error", at: first.at, message, details: Vec::new() };
    Some(problem.locate(&file.path, &file.source))
}
