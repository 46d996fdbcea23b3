//! What the rules of a package say of one input.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};
use trueline_rego::{EvalError, Package, Print, Session, Value};
use trueline_report::conftest::{FileResults, Outcome, TestLocation, TestResult};

use super::packages::{RuleClass, rules};
use crate::EngineError;

/// Runs the rules of a package over one input.
pub(super) fn evaluate(
    session: &Session,
    package: Option<&Package>,
    file: &str,
    namespace: &str,
    warned: &mut BTreeSet<String>,
) -> Result<FileResults, EngineError> {
    let mut out =
        FileResults { file: file.to_owned(), namespace: namespace.to_owned(), ..FileResults::default() };
    let Some(package) = package else { return Ok(out) };
    let has_exceptions = run(session, &format!("{}.exception", package.path))?.is_some();
    let mut definitions = 0;
    let mut passed = 0;
    for rule in rules(package) {
        let path = format!("{}.{}", package.path, rule.name);
        if rule.keyed {
            warned.insert(no_messages(&path));
            continue;
        }
        definitions += rule.definitions;
        let suffix = suffix(&rule.name);
        let exceptions = if has_exceptions { exceptions(session, package, suffix)? } else { 0 };
        let outcome = match rule.class {
            RuleClass::Failure => Outcome::Failure,
            RuleClass::Warning => Outcome::Warning,
        };
        let found = messages(&path, run(session, &path)?, outcome, warned)?;
        let exception = TestResult {
            outcome: Outcome::Exception,
            message: format!("{}.exception[_][_] == \"{suffix}\"", package.path),
            location: None,
            metadata: Map::new(),
        };
        out.results.extend(std::iter::repeat_n(exception, exceptions));
        // One exception drops all that the rule says.
        if exceptions == 0 {
            passed += found.passed;
            out.results.extend(found.results);
        }
    }
    out.prints = session.take_prints().iter().map(line).collect();
    // A rule with a value and no message is a success; what is missing to the number of definitions is, too.
    out.successes = passed + definitions.saturating_sub(out.results.len() + passed);
    Ok(out)
}

/// A print with its place.
pub(super) fn line(print: &Print) -> String {
    format!("{}:{}: {}", print.path, print.line, print.text)
}

fn run(session: &Session, path: &str) -> Result<Option<Value>, EngineError> {
    session.rule(path).map_err(|e| failed(path, &e))
}

/// Why a query has no answer, with conftest's words where it is for a builtin.
pub(super) fn failed(query: &str, e: &EvalError) -> EngineError {
    let builtin = matches!(e.code.as_str(), "eval_builtin_error" | "eval_type_error");
    EngineError::Evaluation(format!("`{query}`: {}{e}", if builtin { "built-in error: " } else { "" }))
}

/// The name that exceptions know a rule by.
fn suffix(name: &str) -> &str {
    if matches!(name, "deny" | "violation" | "warn") {
        return "";
    }
    let words = ["violation_", "deny_", "warn_"];
    words.iter().fold(name, |name, word| name.strip_prefix(word).unwrap_or(name))
}

/// The number of solutions of the query for exceptions: that is how many there are, whatever the rule says.
fn exceptions(session: &Session, package: &Package, suffix: &str) -> Result<usize, EngineError> {
    let query = format!("{}.exception[_][_] == \"{suffix}\"", package.path);
    let solutions = session.query(&query).map_err(|e| failed(&query, &e))?;
    Ok(solutions.len())
}

fn elements(value: &Value) -> Option<Vec<Value>> {
    match (value.as_set(), value.as_array()) {
        (Some(set), _) => Some(set.iter().cloned().collect()),
        (_, Some(array)) => Some(array.iter().cloned().collect()),
        _ => None,
    }
}

/// What a rule says: results, and how often it says that all is well.
#[derive(Default)]
struct Said {
    results: Vec<TestResult>,
    passed: usize,
}

fn no_messages(path: &str) -> String {
    let name = path.rsplit('.').next().unwrap_or(path);
    format!("`{path}` is no set of messages and can't fail; write it as `{name} contains msg if {{ … }}`")
}

/// What a rule's value tells. conftest drops what is neither string nor object without a word; here that is said on
/// standard error.
fn messages(
    path: &str,
    value: Option<Value>,
    outcome: Outcome,
    warned: &mut BTreeSet<String>,
) -> Result<Said, EngineError> {
    let mut said = Said::default();
    let Some(value) = value else { return Ok(said) };
    let Some(items) = elements(&value) else {
        if value.as_bool() != Some(false) {
            warned.insert(no_messages(path));
        }
        return Ok(Said { passed: 1, ..said });
    };
    if items.is_empty() {
        return Ok(Said { passed: 1, ..said });
    }
    let query = || ("query".to_owned(), Json::from(path));
    let out = &mut said.results;
    for item in items {
        if let Some(text) = item.as_str() {
            let metadata = Map::from_iter([query()]);
            out.push(TestResult { outcome, message: text.to_owned(), location: None, metadata });
        } else if item.as_object().is_some() {
            let message = item.get("msg").and_then(Value::as_str).ok_or_else(|| {
                EngineError::Evaluation(format!(
                    "`{path}` gave an object without a string `msg`: {}",
                    item.to_json()
                ))
            })?;
            let mut metadata = match item.to_json() {
                Json::Object(said) => said,
                _ => Map::new(),
            };
            metadata.retain(|key, _| key != "msg" && key != "_loc");
            metadata.extend([query()]);
            let location = item.get("_loc").and_then(location);
            out.push(TestResult { outcome, message: message.to_owned(), location, metadata });
        } else {
            warned.insert(format!("`{path}` gave {}, which is no message and was dropped", item.to_json()));
        }
    }
    // conftest takes a result without a word for a success.
    let before = out.len();
    out.retain(|result| !result.message.is_empty());
    if out.len() < before {
        warned.insert(format!("`{path}` gave an empty message, which counts as a success"));
    }
    said.passed = before - out.len();
    out.sort_by(|a, b| a.message.cmp(&b.message));
    Ok(said)
}

/// The place that `_loc` names; none if it names neither a file nor a line.
fn location(said: &Value) -> Option<TestLocation> {
    let file = said.get("file").and_then(Value::as_str).unwrap_or_default().to_owned();
    let line = match said.get("line") {
        Some(Value::Number(line)) => line.to_string(),
        _ => String::new(),
    };
    (!file.is_empty() || !line.is_empty()).then_some(TestLocation { file, line })
}
